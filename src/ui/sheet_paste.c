/* What a spreadsheet's block would put where. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "sheet_private.h"

enum { CELLS = 64 };

void sheet_drop_plan(struct sheet *sheet)
{
    for (int i = 0; i < sheet->plan_count; i++)
        free(sheet->plan[i].text);
    free(sheet->plan);
    free(sheet->plan_text);
    sheet->plan = NULL;
    sheet->plan_text = NULL;
    sheet->plan_count = 0;
}

/* Tabs divide where there are any, then semicolons, then commas. */
static char divider(const char *text)
{
    return strchr(text, '\t') ? '\t' : strchr(text, ';') ? ';' : ',';
}

static int split(char *line, char by, char *cells[CELLS])
{
    int count = 0;
    for (char *at = line; at && count < CELLS;) {
        char *next = strchr(at, by);
        if (next)
            *next++ = '\0';
        while (isspace((unsigned char)*at))
            at++;
        size_t length = strlen(at);
        while (length && isspace((unsigned char)at[length - 1]))
            at[--length] = '\0';
        if (length > 1 && at[0] == '"' && at[length - 1] == '"') {
            at[length - 1] = '\0';
            at++;
        }
        cells[count++] = at;
        at = next;
    }
    return count;
}

static int column_named(const struct sheet *sheet, const char *name)
{
    for (int i = 0; *name && i < sheet->column_count; i++)
        if (strcasecmp(sheet->columns[i].title, name) == 0)
            return i;
    return -1;
}

static int row_named(const struct sheet *sheet, const char *name)
{
    bool muted;
    for (int row = 0; *name && row < sheet->count; row++)
        if (strcasecmp(sheet->source.name(sheet->source.ctx, row, &muted), name) == 0)
            return row;
    return -1;
}

static void plan(struct sheet *sheet, int row, int column, const char *text, struct str *words)
{
    char why[200] = "";
    bool muted;
    struct sheet_cell cell = {0};
    if (row < 0 || row >= sheet->count || column < 0 || column >= sheet->column_count || !*text)
        return;
    sheet->source.cell(sheet->source.ctx, row, column, &cell);
    if (cell.fixed)
        return;
    bool right = sheet->source.judge(sheet->source.ctx, row, column, text, why, sizeof why);
    str_addf(words, "%s, %s: %s", sheet->source.name(sheet->source.ctx, row, &muted), sheet->columns[column].title,
             text);
    if (cell.text && *cell.text)
        str_addf(words, " (was %s)", cell.text);
    if (*why)
        str_addf(words, "  %s %s", right ? "?" : "!", why);
    str_add(words, "\n");
    sheet->plan = mem_resize(sheet->plan, (size_t)sheet->plan_count + 1, sizeof *sheet->plan);
    sheet->plan[sheet->plan_count++] = (struct sheet_paste){row, column, mem_strdup(text)};
}

int sheet_plan(struct sheet *sheet, const char *text, struct str *words)
{
    int columns[CELLS], row = sheet->row;
    bool titled = false, begun = false;
    char by = divider(text), *copy = mem_strdup(text), *save = NULL;
    sheet_drop_plan(sheet);
    sheet->plan_text = mem_strdup(text);
    for (int i = 0; i < CELLS; i++)
        columns[i] = sheet->column + i;
    for (char *line = strtok_r(copy, "\n", &save); line && row >= 0; line = strtok_r(NULL, "\n", &save)) {
        char *cells[CELLS];
        int count = split(line, by, cells), named = -1;
        if (!begun) {
            begun = true;
            for (int i = 0; i < count; i++)
                titled |= column_named(sheet, cells[i]) >= 0;
            for (int i = 0; titled && i < count; i++)
                columns[i] = column_named(sheet, cells[i]);
            if (titled)
                continue;
        }
        named = row_named(sheet, cells[0]);
        int shift = named >= 0 && !titled ? -1 : 0;
        for (int i = named >= 0 ? 1 : 0; i < count; i++)
            plan(sheet, named >= 0 ? named : row, columns[i] + shift, cells[i], words);
        row += named < 0;
    }
    free(copy);
    return sheet->plan_count;
}

void sheet_take(struct sheet *sheet)
{
    for (int i = 0; i < sheet->plan_count; i++)
        sheet_put(sheet, sheet->plan[i].row, sheet->plan[i].column, sheet->plan[i].text, i == 0);
    sheet_remember(sheet, SHEET_BLOCK, sheet->plan_text);
    sheet_drop_plan(sheet);
}
