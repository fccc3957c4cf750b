#include "list_filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"

enum comparison { HOLDS, EQUAL, LESS, AT_MOST, MORE, AT_LEAST };

struct choice {
    enum comparison comparison;
    char *text;
    double number;
};

struct term {
    bool negated;
    int column; /* -1: any */
    struct choice *choices;
    int count;
};

struct list_filter {
    const struct list_column *columns;
    int column_count;
    struct term *terms;
    int count;
};

int list_find_column(const struct list_column *columns, int count, const char *name, size_t length)
{
    int found = -1, beginnings = 0;
    for (int i = 0; i < count; i++) {
        const char *id = columns[i].table.id;
        if (length == 0 || strncasecmp(id, name, length) != 0)
            continue;
        if (strlen(id) == length)
            return i;
        found = i;
        beginnings++;
    }
    return beginnings == 1 ? found : -1;
}

static void name_columns(const struct list_column *columns, int count, char *out, size_t size)
{
    size_t length = strlen(out);
    for (int i = 0; i < count && length + 1 < size; i++)
        length += (size_t)snprintf(out + length, size - length, "%s%s", i ? ", " : "", columns[i].table.id);
}

/* One alternative of a term: an operator, if any, and what it compares with. */
static bool add_choice(struct term *term, const struct list_column *columns, char *text, char error[LIST_FILTER_ERROR])
{
    static const struct {
        const char *sign;
        enum comparison comparison;
    } signs[] = {{">=", AT_LEAST}, {"<=", AT_MOST}, {">", MORE}, {"<", LESS}, {"=", EQUAL}};
    struct choice choice = {.comparison = HOLDS};
    for (size_t i = 0; term->column >= 0 && i < sizeof signs / sizeof signs[0] && choice.comparison == HOLDS; i++)
        if (strncmp(text, signs[i].sign, strlen(signs[i].sign)) == 0) {
            choice.comparison = signs[i].comparison;
            text += strlen(signs[i].sign);
        }
    if (term->column >= 0 && columns[term->column].type == LIST_NUMBER && *text) {
        char *end;
        choice.number = strtod(text, &end);
        if (*end && *end != '%') {
            snprintf(error, LIST_FILTER_ERROR, "\"%.40s\" is no number, which \"%s\" is compared with", text,
                     columns[term->column].table.id);
            return false;
        }
        choice.comparison = choice.comparison == HOLDS ? EQUAL : choice.comparison;
    }
    choice.text = mem_strdup(text);
    term->choices = mem_resize(term->choices, (size_t)term->count + 1, sizeof choice);
    term->choices[term->count++] = choice;
    return true;
}

static bool parse_term(struct list_filter *filter, char *word, char error[LIST_FILTER_ERROR])
{
    filter->terms = mem_resize(filter->terms, (size_t)filter->count + 1, sizeof *filter->terms);
    struct term *term = &filter->terms[filter->count++];
    *term = (struct term){.column = -1};
    if (*word == '!') {
        term->negated = true;
        word++;
    }
    size_t name = strcspn(word, ":|");
    if (word[name] == ':') {
        term->column = list_find_column(filter->columns, filter->column_count, word, name);
        if (term->column < 0) {
            snprintf(error, LIST_FILTER_ERROR, "there is no column \"%.*s\", but ", name < 30 ? (int)name : 30, word);
            name_columns(filter->columns, filter->column_count, error, LIST_FILTER_ERROR);
            return false;
        }
        word += name + 1;
    }
    for (char *next; word; word = next) {
        next = strchr(word, '|');
        if (next)
            *next++ = '\0';
        if (!add_choice(term, filter->columns, word, error))
            return false;
    }
    return true;
}

struct list_filter *list_filter_parse(const char *text, const struct list_column *columns, int count,
                                      char error[LIST_FILTER_ERROR])
{
    struct list_filter *filter = mem_alloc(sizeof *filter);
    filter->columns = columns;
    filter->column_count = count;
    char *word = mem_alloc(strlen(text) + 1);
    bool sound = true;
    while (sound && *(text += strspn(text, " "))) {
        size_t length = 0;
        for (bool quoted = false; *text && (quoted || *text != ' '); text++) {
            if (*text == '"')
                quoted = !quoted;
            else
                word[length++] = *text;
        }
        word[length] = '\0';
        sound = length == 0 || parse_term(filter, word, error);
    }
    free(word);
    if (sound)
        return filter;
    list_filter_free(filter);
    return NULL;
}

void list_filter_free(struct list_filter *filter)
{
    for (int i = 0; filter && i < filter->count; i++) {
        for (int k = 0; k < filter->terms[i].count; k++)
            free(filter->terms[i].choices[k].text);
        free(filter->terms[i].choices);
    }
    if (filter)
        free(filter->terms);
    free(filter);
}

static bool compares(enum comparison comparison, double difference)
{
    switch (comparison) {
    case LESS:
        return difference < 0;
    case AT_MOST:
        return difference <= 0;
    case MORE:
        return difference > 0;
    case AT_LEAST:
        return difference >= 0;
    default:
        return difference == 0;
    }
}

static bool fits(const struct choice *choice, enum list_type type, const char *value)
{
    if (!value || !*value)
        return choice->comparison == EQUAL && !*choice->text; /* "coach:=" finds those without */
    if (choice->comparison == HOLDS)
        return strcasestr(value, choice->text) != NULL;
    if (type == LIST_NUMBER)
        return *choice->text && compares(choice->comparison, strtod(value, NULL) - choice->number);
    return compares(choice->comparison, (double)strcasecmp(value, choice->text));
}

static bool term_passes(const struct list_filter *filter, const struct term *term, const struct list_source *source,
                        int row)
{
    int first = term->column < 0 ? 0 : term->column, last = term->column < 0 ? filter->column_count - 1 : term->column;
    for (int column = first; column <= last; column++) {
        const char *value = source->value(source->ctx, row, column);
        for (int i = 0; i < term->count; i++)
            if (fits(&term->choices[i], filter->columns[column].type, value))
                return true;
    }
    return false;
}

bool list_filter_passes(const struct list_filter *filter, const struct list_source *source, int row)
{
    for (int i = 0; i < filter->count; i++)
        if (term_passes(filter, &filter->terms[i], source, row) == filter->terms[i].negated)
            return false;
    return true;
}
