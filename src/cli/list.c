/* Lists of the verbs as text, CSV or JSON. */
#include <stdlib.h>
#include <string.h>

#include "centurion/base/csv.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "verbs.h"

struct cli_list {
    const struct cli_column *columns;
    int column_count, row_count;
    char **cells; /* row after row */
};

struct cli_list *cli_list_new(const struct cli_column *columns, int count)
{
    struct cli_list *list = mem_alloc(sizeof *list);
    list->columns = columns;
    list->column_count = count;
    return list;
}

void cli_list_add(struct cli_list *list, const char *const *cells)
{
    size_t columns = (size_t)list->column_count, used = (size_t)list->row_count * columns;
    list->cells = mem_resize(list->cells, used + columns, sizeof *list->cells);
    for (size_t i = 0; i < columns; i++)
        list->cells[used + i] = mem_strdup(cells[i] ? cells[i] : "");
    list->row_count++;
}

void cli_list_free(struct cli_list *list)
{
    for (int i = 0; list && i < list->row_count * list->column_count; i++)
        free(list->cells[i]);
    if (list)
        free(list->cells);
    free(list);
}

static const char *cell(const struct cli_list *list, int row, int column)
{
    return list->cells[row * list->column_count + column];
}

/* Control characters from a database must not reach the terminal. */
static void put_clean(const char *text, FILE *out)
{
    for (; *text; text++)
        fputc((unsigned char)*text < ' ' || *text == 0x7f ? '?' : *text, out);
}

/* Where a cell stands and how wide it is; blanks wait for a text behind them. */
static void put_cell(const char *text, int blanks, bool right, int *waiting, FILE *out)
{
    if (right)
        *waiting += blanks;
    if (*text) {
        fprintf(out, "%*s", *waiting, "");
        put_clean(text, out);
        *waiting = 0;
    }
    *waiting += right ? 2 : blanks + 2;
}

static void print_row(const struct cli_list *list, int row, const int *widths, FILE *out)
{
    int waiting = 0;
    for (int column = 0; column < list->column_count; column++) {
        const char *text = row < 0 ? list->columns[column].name : cell(list, row, column);
        put_cell(text, widths[column] - utf8_width(text), list->columns[column].number, &waiting, out);
    }
    fputc('\n', out);
}

static void print_text(const struct cli_list *list, FILE *out)
{
    int *widths = mem_array((size_t)list->column_count, sizeof *widths);
    for (int column = 0; column < list->column_count; column++) {
        widths[column] = utf8_width(list->columns[column].name);
        for (int row = 0; row < list->row_count; row++) {
            int width = utf8_width(cell(list, row, column));
            widths[column] = width > widths[column] ? width : widths[column];
        }
    }
    for (int row = -1; row < list->row_count; row++)
        print_row(list, row, widths, out);
    free(widths);
}

static void print_csv(const struct cli_list *list, FILE *out)
{
    struct str text = {0};
    for (int row = -1; row < list->row_count; row++) {
        for (int column = 0; column < list->column_count; column++) {
            const struct cli_column *head = &list->columns[column];
            csv_add(&text, row < 0 ? head->name : cell(list, row, column), row < 0 || head->number);
            str_add(&text, column == list->column_count - 1 ? "\r\n" : ",");
        }
    }
    fputs(str_text(&text), out);
    str_fini(&text);
}

static void put_json(const char *text, FILE *out)
{
    fputc('"', out);
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\')
            fprintf(out, "\\%c", byte);
        else if (byte < ' ')
            fprintf(out, "\\u%04x", byte);
        else
            fputc(byte, out);
    }
    fputc('"', out);
}

static void print_json(const struct cli_list *list, FILE *out)
{
    fputc('[', out);
    for (int row = 0; row < list->row_count; row++) {
        fputs(row ? ",\n {" : "\n {", out);
        for (int column = 0; column < list->column_count; column++) {
            const char *text = cell(list, row, column);
            fputs(column ? ", " : "", out);
            put_json(list->columns[column].name, out);
            fputs(": ", out);
            if (list->columns[column].number)
                fputs(*text ? text : "null", out);
            else
                put_json(text, out);
        }
        fputc('}', out);
    }
    fputs(list->row_count ? "\n]\n" : "]\n", out);
}

void cli_list_print(const struct cli_list *list, const char *format, FILE *out)
{
    if (str_equal(format, "csv"))
        print_csv(list, out);
    else if (str_equal(format, "json"))
        print_json(list, out);
    else
        print_text(list, out);
}
