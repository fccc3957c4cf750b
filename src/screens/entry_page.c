#include "entry_page.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/term/term.h"

enum { BUFFERS = 8, SEPARATOR = 0x1f };

/* Texts that a caller may hold a few of at once. */
static char *buffer(void)
{
    static char texts[BUFFERS][ENTRY_TEXT];
    static int next;
    next = (next + 1) % BUFFERS;
    return texts[next];
}

void entry_page_init(struct entry_page *page, struct app *app)
{
    static const struct entry_metric usual[ENTRY_PROMPT] = {
        [ENTRY_WEIGHT] = {.id = "weight", .title = "Weight"},
        [ENTRY_STEPS] = {.id = "steps", .title = "Steps", .whole = true},
        [ENTRY_CALORIES] = {.id = "calories", .title = "Kcal", .whole = true},
        [ENTRY_SLEEP] = {.id = "sleepQuality", .title = "Sleep", .whole = true},
        [ENTRY_STRESS] = {.id = "perceivedStress", .title = "Stress", .whole = true},
        [ENTRY_NOTES] = {.id = "notes", .title = "Notes", .kind = SHEET_WORDS},
    };
    page->app = app;
    memcpy(page->metrics, usual, sizeof usual);
    for (int i = 0; i < ENTRY_PROMPT; i++)
        page->metrics[i].minimum = page->metrics[i].maximum = page->metrics[i].low = page->metrics[i].high = NAN;
    page->metric_count = ENTRY_PROMPT;
}

static void free_typed(struct entry_typed *typed)
{
    free(typed->text);
    free(typed->base);
}

void entry_page_discard(struct entry_page *page)
{
    int kept = 0;
    for (int i = 0; i < page->typed_count; i++) {
        if (page->typed[i].pending) /* on its way: it cannot be called back */
            page->typed[kept++] = page->typed[i];
        else
            free_typed(&page->typed[i]);
    }
    page->typed_count = kept;
}

void entry_page_fini(struct entry_page *page)
{
    for (int i = 0; i < page->typed_count; i++)
        free_typed(&page->typed[i]);
    free(page->typed);
    free(page->sent_users);
    free(page->sent_days);
    rowset_free(page->rows);
}

/* ---- What the server says ---- */

static double number(const struct rowset *rows, int row, int column)
{
    return rowset_null(rows, row, column) ? NAN : rowset_double(rows, row, column);
}

void entry_page_limits(struct entry_page *page, const struct rowset *rows)
{
    for (int row = 0; row < rowset_count(rows); row++)
        for (int i = 0; i < ENTRY_PROMPT; i++)
            if (str_equal(page->metrics[i].id, rowset_text(rows, row, ENTRY_LIMITS_METRIC))) {
                page->metrics[i].minimum = number(rows, row, ENTRY_LIMITS_MINIMUM);
                page->metrics[i].maximum = number(rows, row, ENTRY_LIMITS_MAXIMUM);
                page->metrics[i].low = number(rows, row, ENTRY_LIMITS_LOW);
                page->metrics[i].high = number(rows, row, ENTRY_LIMITS_HIGH);
            }
}

void entry_page_prompts(struct entry_page *page, const struct rowset *rows)
{
    page->metric_count = ENTRY_PROMPT;
    for (int row = 0; row < rowset_count(rows) && row < ENTRY_PROMPTS_MAX; row++) {
        struct entry_metric *metric = &page->metrics[page->metric_count++];
        const char *type = rowset_text(rows, row, ENTRY_PROMPTS_TYPE);
        *metric = (struct entry_metric){.kind = str_equal(type, "boolean") ? SHEET_YESNO
                                                : str_equal(type, "text")  ? SHEET_WORDS
                                                                           : SHEET_NUMBER,
                                        .minimum = number(rows, row, ENTRY_PROMPTS_MINIMUM),
                                        .maximum = number(rows, row, ENTRY_PROMPTS_MAXIMUM),
                                        .low = NAN,
                                        .high = NAN,
                                        .whole = str_equal(type, "scale")};
        snprintf(metric->id, sizeof metric->id, "%s", rowset_text(rows, row, ENTRY_PROMPTS_ID));
        snprintf(metric->title, sizeof metric->title, "%.31s", rowset_text(rows, row, ENTRY_PROMPTS_LABEL));
    }
}

static const char *answer(const struct rowset *rows, int row, int column, int nth)
{
    const char *at = rowset_text(rows, row, column);
    while (nth-- && at)
        at = strchr(at, SEPARATOR) ? strchr(at, SEPARATOR) + 1 : NULL;
    char *text = buffer();
    snprintf(text, ENTRY_TEXT, "%.*s", at ? (int)strcspn(at, "\x1f") : 0, at ? at : "");
    if (str_equal(text, "true") || str_equal(text, "false"))
        text[1] = '\0', text[0] = *text == 't' ? 'y' : 'n';
    return text;
}

static const char *value_at(const struct entry_page *page, int row, int metric, bool before)
{
    static const int now[] = {ENTRY_GRID_WEIGHT, ENTRY_GRID_STEPS,  ENTRY_GRID_CALORIES,
                              ENTRY_GRID_SLEEP,  ENTRY_GRID_STRESS, ENTRY_GRID_NOTES};
    static const int then[] = {ENTRY_GRID_WEIGHT_1, ENTRY_GRID_STEPS_1, ENTRY_GRID_CALORIES_1, ENTRY_GRID_SLEEP_1,
                               ENTRY_GRID_STRESS_1};
    if (metric >= ENTRY_PROMPT)
        return answer(page->rows, row, before ? ENTRY_GRID_ANSWERS_1 : ENTRY_GRID_ANSWERS, metric - ENTRY_PROMPT);
    if (before && metric == ENTRY_NOTES)
        return "";
    int column = before ? then[metric] : now[metric];
    if (metric != ENTRY_WEIGHT || rowset_null(page->rows, row, column))
        return rowset_text(page->rows, row, column);
    char *text = buffer();
    snprintf(text, ENTRY_TEXT, "%.1f", app_weight(page->app, rowset_double(page->rows, row, column)));
    return text;
}

const char *entry_page_stored(const struct entry_page *page, int row, int metric)
{
    return value_at(page, row, metric, false);
}

const char *entry_page_before(const struct entry_page *page, int row, int metric)
{
    const char *text = value_at(page, row, metric, true);
    return *text ? text : NULL;
}

/* ---- What was typed ---- */

static struct entry_typed *find(const struct entry_page *page, int64_t user, int day, const char *id)
{
    for (int i = 0; i < page->typed_count; i++) {
        struct entry_typed *typed = &page->typed[i];
        if (typed->user == user && typed->day == day && str_equal(typed->id, id))
            return typed;
    }
    return NULL;
}

struct entry_typed *entry_page_typed(const struct entry_page *page, int row, int metric)
{
    return page->typed_count ? find(page, rowset_int(page->rows, row, ENTRY_GRID_USER_ID),
                                    rowset_date(page->rows, row, ENTRY_GRID_DAY), page->metrics[metric].id)
                             : NULL;
}

const char *entry_page_value(const struct entry_page *page, int row, int metric)
{
    const struct entry_typed *typed = entry_page_typed(page, row, metric);
    return typed ? typed->text : entry_page_stored(page, row, metric);
}

static void drop(struct entry_page *page, struct entry_typed *typed)
{
    free_typed(typed);
    *typed = page->typed[--page->typed_count];
}

void entry_page_put(struct entry_page *page, int row, int metric, const char *text)
{
    struct entry_typed *typed = entry_page_typed(page, row, metric);
    const char *stored = entry_page_stored(page, row, metric);
    if (typed && (!text || (str_equal(text, stored) && !typed->conflict))) {
        drop(page, typed);
    } else if (typed) {
        char *copy = mem_strdup(text);
        free(typed->text);
        typed->text = copy;
        typed->refused = false;
    } else if (text && !str_equal(text, stored)) {
        entry_page_restore(page, rowset_int(page->rows, row, ENTRY_GRID_USER_ID),
                           rowset_date(page->rows, row, ENTRY_GRID_DAY), page->metrics[metric].id, text, stored);
    }
}

void entry_page_restore(struct entry_page *page, int64_t user, int day, const char *id, const char *text,
                        const char *base)
{
    if (find(page, user, day, id))
        return;
    page->typed = mem_resize(page->typed, (size_t)page->typed_count + 1, sizeof *page->typed);
    struct entry_typed *typed = &page->typed[page->typed_count++];
    *typed = (struct entry_typed){.user = user, .day = day, .text = mem_strdup(text), .base = mem_strdup(base)};
    snprintf(typed->id, sizeof typed->id, "%s", id);
}

void entry_page_keep(struct entry_page *page, struct entry_typed *typed)
{
    typed->conflict = false;
    for (int row = 0; row < rowset_count(page->rows); row++)
        for (int metric = 0; metric < page->metric_count; metric++)
            if (entry_page_typed(page, row, metric) == typed) {
                char *copy = mem_strdup(entry_page_stored(page, row, metric));
                free(typed->base);
                typed->base = copy;
            }
}

void entry_page_rows(struct entry_page *page, const struct rowset *rows)
{
    rowset_free(page->rows);
    page->rows = rowset_keep(rows);
    for (int row = 0; row < rowset_count(rows) && page->typed_count; row++)
        for (int metric = 0; metric < page->metric_count; metric++) {
            struct entry_typed *typed = entry_page_typed(page, row, metric);
            if (!typed || typed->pending)
                continue;
            const char *stored = entry_page_stored(page, row, metric);
            if (str_equal(stored, typed->text))
                drop(page, typed); /* somebody typed the same */
            else
                typed->conflict = !str_equal(stored, typed->base);
        }
}

/* ---- Checking ---- */

static bool parse_number(const char *text, double *out)
{
    char copy[64], *end;
    snprintf(copy, sizeof copy, "%s", text);
    for (char *at = copy; *at; at++)
        if (*at == ',')
            *at = '.';
    if (strlen(text) >= sizeof copy || strspn(copy, "-0123456789.") != strlen(copy))
        return false;
    *out = strtod(copy, &end);
    return end != copy && !*end;
}

bool entry_page_judge(const struct entry_page *page, int row, int metric, const char *text, char *words, size_t size)
{
    const struct entry_metric *about = &page->metrics[metric];
    double value, unit = metric == ENTRY_WEIGHT ? app_weight(page->app, 1) : 1;
    words[0] = '\0';
    if (!*text)
        return true;
    if (about->kind == SHEET_YESNO && !str_equal(text, "y") && !str_equal(text, "n"))
        return snprintf(words, size, "%s is y or n.", about->title), false;
    if (about->kind == SHEET_WORDS && strlen(text) > 1000)
        return snprintf(words, size, "%s is longer than a cell holds.", about->title), false;
    if (about->kind != SHEET_NUMBER)
        return true;
    if (!parse_number(text, &value))
        return snprintf(words, size, "\"%s\" is no number.", text), false;
    if (about->whole && value != floor(value))
        return snprintf(words, size, "%s is a whole number.", about->title), false;
    if (metric == ENTRY_WEIGHT ? value <= 0 || value > about->maximum * unit + 0.05
                               : value < about->minimum || value > about->maximum)
        return snprintf(words, size, "%s is %s%g to %g, not %s.", about->title, metric == ENTRY_WEIGHT ? "above " : "",
                        about->minimum, floor(about->maximum * unit), text),
               false;
    if (metric == ENTRY_WEIGHT && !rowset_null(page->rows, row, ENTRY_GRID_LAST_WEIGHT)) {
        double last = rowset_double(page->rows, row, ENTRY_GRID_LAST_WEIGHT) * unit;
        if (value < last * about->low || value > last * about->high)
            snprintf(words, size, "%+.0f %% off the last one, %.1f. It can be saved.", (value / last - 1) * 100, last);
    } else if (metric != ENTRY_WEIGHT && (value < about->low || value > about->high)) {
        snprintf(words, size, "%s is rarely %s. It can be saved.", about->title, text);
    }
    return true;
}

static bool is_wrong(const struct entry_page *page, int row, int metric, const struct entry_typed *typed)
{
    char words[200];
    return !entry_page_judge(page, row, metric, typed->text, words, sizeof words);
}

void entry_page_cell(const struct entry_page *page, int row, int metric, struct sheet_cell *out)
{
    static const char letters[][2] = {"m", "h"};
    const struct entry_typed *typed = entry_page_typed(page, row, metric);
    char words[200];
    *out = (struct sheet_cell){.role = ROLE_TEXT, .text = entry_page_value(page, row, metric)};
    if (typed) {
        bool right = entry_page_judge(page, row, metric, typed->text, words, sizeof words);
        out->mark = typed->pending             ? SHEET_PENDING
                    : typed->conflict          ? SHEET_CONFLICT
                    : !right || typed->refused ? SHEET_WRONG
                    : *words                   ? SHEET_ODD
                                               : SHEET_CHANGED;
    } else if (metric <= ENTRY_SLEEP && *out->text) {
        const char *sources = rowset_text(page->rows, row, ENTRY_GRID_SOURCES);
        if (strlen(sources) > (size_t)metric)
            out->remark = letters[sources[metric] == 'h'];
    }
}

const char *entry_page_about(const struct entry_page *page, int row, int metric, enum role *role)
{
    static char text[600];
    static const int means[] = {ENTRY_GRID_WEIGHT_14, ENTRY_GRID_STEPS_14, ENTRY_GRID_CALORIES_14, ENTRY_GRID_SLEEP_14,
                                ENTRY_GRID_STRESS_14};
    const struct entry_typed *typed = entry_page_typed(page, row, metric);
    const char *before = entry_page_before(page, row, metric), *dot = glyph(GLYPH_DOT);
    char words[200] = "", mean[40] = "", day[DATE_TEXT_MAX];
    if (typed && typed->conflict) {
        *role = ROLE_BAD;
        snprintf(
            text, sizeof text, "mine %.80s %s theirs %.80s, by %.60s %s %s m keeps mine, t takes theirs",
            *typed->text ? typed->text : "nothing", dot,
            *entry_page_stored(page, row, metric) ? entry_page_stored(page, row, metric) : "nothing",
            *rowset_text(page->rows, row, ENTRY_GRID_CHANGED_BY) ? rowset_text(page->rows, row, ENTRY_GRID_CHANGED_BY)
                                                                 : "somebody",
            rowset_null(page->rows, row, ENTRY_GRID_CHANGED_AT) ? ""
                                                                : rowset_text(page->rows, row, ENTRY_GRID_CHANGED_AT),
            dot);
        return text;
    }
    if (typed && typed->refused) {
        *role = ROLE_ERROR;
        return typed->words;
    }
    bool right = !typed || entry_page_judge(page, row, metric, typed->text, words, sizeof words);
    if (metric < ENTRY_NOTES && !rowset_null(page->rows, row, means[metric])) {
        double value = rowset_double(page->rows, row, means[metric]);
        snprintf(mean, sizeof mean, "%.*f", metric == ENTRY_STEPS || metric == ENTRY_CALORIES ? 0 : 1,
                 metric == ENTRY_WEIGHT ? app_weight(page->app, value) : value);
    }
    *role = !right ? ROLE_ERROR : *words ? ROLE_WARN : ROLE_DIM;
    snprintf(text, sizeof text, "%.60s %s %s %s %s %s yesterday %.60s %s mean of 14 days %s %s %s",
             rowset_text(page->rows, row, ENTRY_GRID_NAME), dot,
             date_short(rowset_date(page->rows, row, ENTRY_GRID_DAY), day), dot, page->metrics[metric].title, dot,
             before ? before : glyph(GLYPH_ABSENT), dot, *mean ? mean : glyph(GLYPH_ABSENT), dot,
             *words ? words : "ok");
    return text;
}

void entry_page_counts(const struct entry_page *page, int *cells, int *rows, int *errors, int *warnings)
{
    *cells = page->typed_count;
    *rows = *errors = *warnings = 0;
    for (int row = 0; row < rowset_count(page->rows) && page->typed_count; row++) {
        bool any = false;
        for (int metric = 0; metric < page->metric_count; metric++) {
            struct sheet_cell cell;
            if (!entry_page_typed(page, row, metric))
                continue;
            entry_page_cell(page, row, metric, &cell);
            any = true;
            *errors += cell.mark == SHEET_WRONG || cell.mark == SHEET_CONFLICT;
            *warnings += cell.mark == SHEET_ODD;
        }
        *rows += any;
    }
}

/* ---- Saving ---- */

static json_t *value_of(const struct entry_page *page, int asked, const struct entry_typed *typed)
{
    const struct entry_metric *metric = &page->metrics[asked];
    double value, unit = asked == ENTRY_WEIGHT ? app_weight(page->app, 1) : 1;
    if (!*typed->text)
        return json_null();
    if (metric->kind == SHEET_YESNO)
        return json_boolean(*typed->text == 'y');
    if (metric->kind == SHEET_NUMBER && parse_number(typed->text, &value)) {
        value /= unit;
        return value == trunc(value) ? json_integer((json_int_t)value)
                                     : json_real(value); /* 9700.0 is no number of steps */
    }
    return json_string(typed->text);
}

static json_t *item_of(struct entry_page *page, int row)
{
    char day[DATE_TEXT_MAX];
    json_t *changes = json_object(), *answers = json_object(), *sources = json_object();
    for (int metric = 0; metric < page->metric_count; metric++) {
        struct entry_typed *typed = entry_page_typed(page, row, metric);
        if (!typed)
            continue;
        typed->pending = true;
        json_object_set_new(metric >= ENTRY_PROMPT ? answers : changes, page->metrics[metric].id,
                            value_of(page, metric, typed));
        if (typed->health)
            json_object_set_new(sources, page->metrics[metric].id, json_string("healthkit"));
    }
    if (json_object_size(sources))
        json_object_set(changes, "dataSources", sources);
    json_decref(sources);
    if (json_object_size(answers))
        json_object_set(changes, "customResponses", answers);
    json_decref(answers);
    return json_pack(
        "{s:I, s:s, s:s?, s:o}", "user_id", (json_int_t)rowset_int(page->rows, row, ENTRY_GRID_USER_ID), "date",
        date_iso(rowset_date(page->rows, row, ENTRY_GRID_DAY), day), "version",
        rowset_null(page->rows, row, ENTRY_GRID_VERSION) ? NULL : rowset_text(page->rows, row, ENTRY_GRID_VERSION),
        "changes", changes);
}

char *entry_page_items(struct entry_page *page, int *rows)
{
    json_t *items = json_array();
    page->sent_count = 0;
    for (int row = 0; row < rowset_count(page->rows); row++) {
        bool any = false, hindered = false;
        for (int metric = 0; metric < page->metric_count; metric++) {
            const struct entry_typed *typed = entry_page_typed(page, row, metric);
            any |= typed != NULL;
            hindered |= typed && (typed->pending || typed->conflict || is_wrong(page, row, metric, typed));
        }
        if (!any || hindered)
            continue;
        size_t count = (size_t)page->sent_count + 1;
        page->sent_users = mem_resize(page->sent_users, count, sizeof *page->sent_users);
        page->sent_days = mem_resize(page->sent_days, count, sizeof *page->sent_days);
        page->sent_users[page->sent_count] = rowset_int(page->rows, row, ENTRY_GRID_USER_ID);
        page->sent_days[page->sent_count++] = rowset_date(page->rows, row, ENTRY_GRID_DAY);
        json_array_append_new(items, item_of(page, row));
    }
    *rows = page->sent_count;
    char *text = page->sent_count ? json_dumps(items, JSON_COMPACT | JSON_REAL_PRECISION(10)) : NULL;
    json_decref(items);
    return text;
}

static void end_row(struct entry_page *page, int64_t user, int day, bool saved, const char *why)
{
    for (int i = page->typed_count - 1; i >= 0; i--) {
        struct entry_typed *typed = &page->typed[i];
        if (typed->user != user || typed->day != day || !typed->pending)
            continue;
        typed->pending = false;
        typed->refused = why != NULL;
        snprintf(typed->words, sizeof typed->words, "%.199s", why ? why : "");
        if (saved)
            drop(page, typed);
    }
}

void entry_page_answer(struct entry_page *page, const struct change_reply *reply, int *saved, int *conflicts,
                       int *refused)
{
    *saved = *conflicts = *refused = 0;
    for (int i = 0; i < page->sent_count; i++) {
        bool told = i < rowset_count(reply->rows);
        const char *outcome = told ? rowset_text(reply->rows, i, CHANGE_COLUMN_OUTCOME) : "refused";
        bool done = str_equal(outcome, "saved") || str_equal(outcome, "repeated"), no = str_equal(outcome, "refused");
        *saved += done;
        *refused += no;
        *conflicts += !done && !no;
        end_row(page, page->sent_users[i], page->sent_days[i], done,
                !no    ? NULL
                : told ? rowset_text(reply->rows, i, CHANGE_COLUMN_KEY)
                       : reply->error->text);
    }
    page->sent_count = 0;
}
