#include "centurion/jobs/listing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "centurion/base/csv.h"
#include "centurion/base/file.h"
#include "centurion/base/mem.h"

const char *const listing_names[] = {"csv", "tsv", "json", "markdown", NULL};
const char *const listing_suffixes[] = {".csv", ".tsv", ".json", ".md"};

static const char *value(const struct listing *listing, int row, int column)
{
    const char *text = row < 0 ? listing->columns[column].name : listing->value(listing->ctx, row, column);
    return text ? text : "";
}

static void add_csv(struct str *out, const struct listing *listing, int row)
{
    for (int column = 0; column < listing->column_count; column++) {
        if (column)
            str_add_char(out, ',');
        csv_add(out, value(listing, row, column), row >= 0 && listing->columns[column].number);
    }
    str_add(out, "\r\n");
}

static void add_tsv(struct str *out, const struct listing *listing, int row)
{
    for (int column = 0; column < listing->column_count; column++) {
        const char *text = value(listing, row, column);
        if (column)
            str_add_char(out, '\t');
        if (csv_is_formula(text) && !(row >= 0 && listing->columns[column].number))
            str_add_char(out, '\'');
        for (; *text; text++)
            str_add_char(out, strchr("\t\r\n", *text) ? ' ' : *text);
    }
    str_add_char(out, '\n');
}

/* What Markdown would take for the end of a cell, a tag or an escape stays a character. */
static void add_markdown(struct str *out, const struct listing *listing, int row)
{
    for (int column = 0; column < listing->column_count; column++) {
        str_add(out, column ? " | " : "| ");
        for (const char *text = value(listing, row, column); *text; text++) {
            if (strchr("|\\<`", *text))
                str_add_char(out, '\\');
            str_add_char(out, strchr("\t\r\n", *text) ? ' ' : *text);
        }
    }
    str_add(out, " |\n");
    for (int column = 0; row < 0 && column < listing->column_count; column++)
        str_addf(out, "|%s%s", listing->columns[column].number ? " ---:" : " ---",
                 column == listing->column_count - 1 ? " |\n" : " ");
}

/* A number keeps its digits: as JSON writes it, or as a text. */
static json_t *json_value(const char *text, bool number)
{
    if (!*text)
        return json_null();
    json_t *read = number ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;
    if (json_is_number(read))
        return read;
    json_decref(read);
    return json_string(text);
}

static void add_json(struct str *out, const struct listing *listing, int row)
{
    enum { DIGITS = 15 };
    json_t *object = json_object();
    for (int column = 0; column < listing->column_count; column++)
        json_object_set_new(object, listing->columns[column].name,
                            json_value(value(listing, row, column), listing->columns[column].number));
    char *text = json_dumps(object, JSON_REAL_PRECISION(DIGITS));
    json_decref(object);
    str_addf(out, "%s%s", row ? ",\n " : "\n ", text ? text : "{}");
    free(text);
}

char *listing_text(const struct listing *listing, enum listing_format format)
{
    static void (*const add[])(struct str * out, const struct listing *listing, int row) = {add_csv, add_tsv, add_json,
                                                                                            add_markdown};
    struct str out = {0};
    if (format == LISTING_JSON)
        str_add_char(&out, '[');
    for (int row = format == LISTING_JSON ? 0 : -1; row < listing->row_count; row++)
        add[format](&out, listing, row);
    if (format == LISTING_JSON)
        str_add(&out, listing->row_count ? "\n]\n" : "]\n");
    return str_steal(&out);
}

/* ---- The file ---- */

enum status listing_write(const char *path, const char *text, bool replace, struct error *error)
{
    struct stat there;
    bool exists = lstat(path, &there) == 0;
    if (exists && !replace)
        return error_set(error, STATUS_FAILED, "%s is there already", path);
    if (exists && !S_ISREG(there.st_mode))
        return error_set(error, STATUS_FAILED, "%s is no plain file", path);
    char *beside = exists ? mem_printf("%s.XXXXXX", path) : mem_strdup(path);
    int fd = exists ? mkstemp(beside) : open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int failure = fd < 0 ? errno : file_fill(fd, text);
    if (fd >= 0 && close(fd) != 0 && !failure)
        failure = errno;
    if (!failure && exists && rename(beside, path) != 0)
        failure = errno;
    if (failure && fd >= 0)
        unlink(beside);
    free(beside);
    return failure ? error_set(error, STATUS_FAILED, "%s cannot be written: %s", path, strerror(failure)) : STATUS_OK;
}
