#include "figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/data/rowset.h"

enum { NAME_MAX_BYTES = 32 };

struct figures {
    struct app *app;
    void *owner;
    figures_ready_fn *ready;
    struct rowset *week, *context; /* one row each, or none for whom one may not see */
    db_ticket week_ticket, context_ticket;
    bool failed;
};

/* ---- Filling in ---- */

/* The name between braces that begins at text: its length, 0 when it is none. */
static size_t placeholder(const char *text, char name[NAME_MAX_BYTES])
{
    size_t length = *text == '{' ? strspn(text + 1, "abcdefghijklmnopqrstuvwxyz_") : 0;
    if (!length || length >= NAME_MAX_BYTES || text[1 + length] != '}')
        return 0;
    snprintf(name, NAME_MAX_BYTES, "%.*s", (int)length, text + 1);
    return length + 2;
}

/* False: the line says nothing. */
static bool fill_line(const char *line, size_t length, figures_word_fn *word, void *ctx, struct str *out)
{
    for (const char *at = line, *end = line + length; at < end;) {
        char name[NAME_MAX_BYTES];
        size_t used = placeholder(at, name);
        bool unknown = !used;
        const char *words = used ? word(ctx, name, &unknown) : NULL;
        if (!unknown && !words)
            return false;
        if (unknown)
            str_add_bytes(out, at, used = used ? used : 1);
        else
            str_add(out, words);
        at += used;
    }
    return true;
}

char *figures_fill(const char *text, figures_word_fn *word, void *ctx)
{
    struct str filled = {0};
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n"), before = filled.length;
        if (!fill_line(line, length, word, ctx, &filled))
            str_cut(&filled, before);
        else if (line[length])
            str_add_char(&filled, '\n');
        line += length + (line[length] == '\n');
    }
    return str_steal(&filled);
}

/* ---- The words ---- */

/* How a mean stands beside that of the week before: ", 0.4 more than the week before". */
static void trend(char *out, size_t size, double now, double before, int decimals)
{
    const double least = decimals ? 0.05 : 0.5;
    double change = now - before;
    if (isnan(before))
        out[0] = '\0';
    else if (fabs(change) < least)
        snprintf(out, size, ", as the week before");
    else
        snprintf(out, size, ", %.*f %s than the week before", decimals, fabs(change), change > 0 ? "more" : "less");
}

static double mean_of(const struct figures *figures, int column, bool weight)
{
    if (rowset_null(figures->week, 0, column))
        return NAN;
    double value = rowset_double(figures->week, 0, column);
    return weight ? app_weight(figures->app, value) : value;
}

/* The words for a metric, its trend or nothing. */
static const char *metric(const struct figures *figures, const char *name, char *out, size_t size, bool *unknown)
{
    static const struct {
        const char *name;
        int column, before, decimals;
    } metrics[] = {
        {"weight", REVIEW_FIGURES_WEIGHT, REVIEW_FIGURES_BEFORE_WEIGHT, 1},
        {"steps", REVIEW_FIGURES_STEPS, REVIEW_FIGURES_BEFORE_STEPS, 0},
        {"calories", REVIEW_FIGURES_CALORIES, REVIEW_FIGURES_BEFORE_CALORIES, 0},
        {"sleep", REVIEW_FIGURES_SLEEP, REVIEW_FIGURES_BEFORE_SLEEP, 1},
        {"stress", REVIEW_FIGURES_STRESS, REVIEW_FIGURES_BEFORE_STRESS, 1},
    };
    for (size_t i = 0; i < sizeof metrics / sizeof metrics[0]; i++) {
        size_t length = strlen(metrics[i].name);
        bool plain = str_equal(name, metrics[i].name), weight = metrics[i].column == REVIEW_FIGURES_WEIGHT;
        if (!plain && (strncmp(name, metrics[i].name, length) != 0 || !str_equal(name + length, "_trend")))
            continue;
        double now = mean_of(figures, metrics[i].column, weight);
        if (isnan(now))
            return NULL;
        if (plain)
            snprintf(out, size, "%.*f", metrics[i].decimals, now);
        else
            trend(out, size, now, mean_of(figures, metrics[i].before, weight), metrics[i].decimals);
        return out;
    }
    *unknown = true;
    return NULL;
}

static const char *day(const struct figures *figures, int column, char *out)
{
    return date_day_month(rowset_date(figures->week, 0, column), out);
}

static const char *number(const struct rowset *rows, int column, char *out, size_t size)
{
    if (rowset_null(rows, 0, column))
        return NULL;
    snprintf(out, size, "%lld", (long long)rowset_int(rows, 0, column));
    return out;
}

static const char *weight(const struct figures *figures, const struct rowset *rows, int column, const char *format,
                          char *out, size_t size)
{
    if (rowset_null(rows, 0, column))
        return NULL;
    double value = app_weight(figures->app, rowset_double(rows, 0, column));
    snprintf(out, size, str_equal(format, "+") ? "%+.1f" : "%.1f", value);
    return out;
}

static const char *word(void *ctx, const char *name, bool *unknown)
{
    static char out[160];
    const struct figures *figures = ctx;
    const struct rowset *week = figures->week, *context = figures->context;
    if (str_equal(name, "unit"))
        return app_weight_unit(figures->app);
    if (str_equal(name, "today"))
        return date_day_month(app_session(figures->app)->today, out);
    if (str_equal(name, "coach"))
        return app_session(figures->app)->name;
    if (str_equal(name, "name"))
        return rowset_text(context, 0, NOTE_CONTEXT_NAME);
    if (str_equal(name, "first")) {
        snprintf(out, sizeof out, "%s", rowset_text(context, 0, NOTE_CONTEXT_NAME));
        out[strcspn(out, " ")] = '\0';
        return out;
    }
    if (str_equal(name, "cohort")) {
        const char *cohort = rowset_text(context, 0, NOTE_CONTEXT_COHORT);
        return *cohort ? cohort : NULL;
    }
    if (str_equal(name, "week"))
        return number(context, NOTE_CONTEXT_WEEK, out, sizeof out);
    if (str_equal(name, "rate"))
        return number(context, NOTE_CONTEXT_RATE, out, sizeof out);
    if (str_equal(name, "last_weight"))
        return weight(figures, context, NOTE_CONTEXT_WEIGHT, "", out, sizeof out);
    if (str_equal(name, "weight_change"))
        return weight(figures, week, REVIEW_FIGURES_WEIGHT_CHANGE, "+", out, sizeof out);
    if (str_equal(name, "from"))
        return day(figures, REVIEW_FIGURES_MONDAY, out);
    if (str_equal(name, "to"))
        return day(figures, REVIEW_FIGURES_LAST_DAY, out);
    if (str_equal(name, "days"))
        return number(week, REVIEW_FIGURES_DAYS, out, sizeof out);
    if (str_equal(name, "checkins"))
        return number(week, REVIEW_FIGURES_CHECKINS, out, sizeof out);
    if (str_equal(name, "asked") || str_equal(name, "completed"))
        return rowset_int(week, 0, REVIEW_FIGURES_ASKED)
                   ? number(week, *name == 'a' ? REVIEW_FIGURES_ASKED : REVIEW_FIGURES_COMPLETED, out, sizeof out)
                   : NULL;
    return metric(figures, name, out, sizeof out, unknown);
}

/* ---- Asking ---- */

struct figures *figures_new(struct app *app, void *owner, figures_ready_fn *ready)
{
    struct figures *figures = mem_alloc(sizeof *figures);
    *figures = (struct figures){.app = app, .owner = owner, .ready = ready};
    return figures;
}

static void forget(struct figures *figures)
{
    db_cancel(app_db(figures->app), figures->week_ticket, true);
    db_cancel(app_db(figures->app), figures->context_ticket, true);
    rowset_free(figures->week);
    rowset_free(figures->context);
    figures->week_ticket = figures->context_ticket = 0;
    figures->week = figures->context = NULL;
    figures->failed = false;
}

void figures_free(struct figures *figures)
{
    forget(figures);
    free(figures);
}

static void take(struct figures *figures, const struct reply *reply, struct rowset **rows)
{
    if (reply->status == STATUS_OK) {
        *rows = rowset_keep(reply->rows);
    } else {
        if (!figures->failed)
            app_fault(figures->app, reply->error);
        figures->failed = true;
    }
    if (figures->week_ticket || figures->context_ticket)
        return;
    if (figures->ready)
        figures->ready(figures->owner, figures_known(figures));
    app_changed(figures->app, REPAINT);
}

static void on_week(void *arg, const struct reply *reply)
{
    struct figures *figures = arg;
    figures->week_ticket = 0;
    take(figures, reply, &figures->week);
}

static void on_context(void *arg, const struct reply *reply)
{
    struct figures *figures = arg;
    figures->context_ticket = 0;
    take(figures, reply, &figures->context);
}

void figures_ask(struct figures *figures, int64_t member, int monday)
{
    char id[24], first[DATE_TEXT_MAX], last[DATE_TEXT_MAX];
    int shown = date_monday(monday == DATE_NONE ? app_session(figures->app)->today : monday);
    snprintf(id, sizeof id, "%lld", (long long)member);
    const char *week[] = {id, date_iso(shown, first)}, *context[] = {id, date_iso(shown + 6, last)};
    forget(figures);
    figures->week_ticket = db_send(app_db(figures->app), &QUERY_REVIEW_FIGURES, week, on_week, figures);
    figures->context_ticket = db_send(app_db(figures->app), &QUERY_NOTE_CONTEXT, context, on_context, figures);
}

bool figures_known(const struct figures *figures)
{
    return rowset_count(figures->week) && rowset_count(figures->context);
}

int figures_week(const struct figures *figures)
{
    return figures_known(figures) ? (int)rowset_int(figures->context, 0, NOTE_CONTEXT_WEEK) : 0;
}

const char *figures_name(const struct figures *figures)
{
    return figures_known(figures) ? rowset_text(figures->context, 0, NOTE_CONTEXT_NAME) : "";
}

const char *figures_email(const struct figures *figures)
{
    return figures_known(figures) ? rowset_text(figures->week, 0, REVIEW_FIGURES_EMAIL) : "";
}

char *figures_text(const struct figures *figures, const char *text)
{
    return figures_known(figures) ? figures_fill(text, word, (void *)figures) : mem_strdup("");
}
