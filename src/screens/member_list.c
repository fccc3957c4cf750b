#include "member_list.h"

#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/mem.h"
#include "centurion/ui/bars.h"

enum { PAGES_MOST = 20 };

/* Every page but the last one is full. */
struct pages {
    struct rowset *rows[PAGES_MOST];
    int count;
};

struct member_list {
    struct screen *screen;
    int64_t member;
    const struct member_list_kind *kind;
    struct layout root, list_pane, detail_pane;
    struct list *list;
    struct doc *detail;       /* NULL: rows say everything */
    struct pages shown, next; /* next is being filled, and takes the place of what is shown once it is no less */
    struct rowset *further;
    char *words, *tag;
    int64_t wanted;
    int last, days;
    bool older; /* there are more than are kept */
    bool detail_hidden;
    db_ticket ticket, further_ticket;
};

/* ---- Rows ---- */

static int count_rows(void *ctx)
{
    const struct pages *pages = &((const struct member_list *)ctx)->shown;
    return pages->count ? (pages->count - 1) * MEMBER_PAGE + rowset_count(pages->rows[pages->count - 1]) : 0;
}

static const struct rowset *rows_of(const struct member_list *self, int *row)
{
    int page = self->kind->paged ? *row / MEMBER_PAGE : 0;
    *row -= page * MEMBER_PAGE;
    return self->shown.rows[page];
}

static int64_t key_of(void *ctx, int row)
{
    const struct member_list *self = ctx;
    const struct rowset *rows = rows_of(self, &row);
    return self->kind->key ? self->kind->key(rows, row) : rowset_int(rows, row, self->kind->id);
}

static void cell_of(void *ctx, int row, int column, struct cell *out)
{
    const struct member_list *self = ctx;
    const struct rowset *rows = rows_of(self, &row);
    self->kind->cell(self->screen->app, rows, row, column, out);
}

static const char *value_of(void *ctx, int row, int column)
{
    const struct member_list *self = ctx;
    const struct rowset *rows = rows_of(self, &row);
    return self->kind->value(self->screen->app, rows, row, column);
}

static bool muted(void *ctx, int row)
{
    const struct member_list *self = ctx;
    const struct rowset *rows = rows_of(self, &row);
    return self->kind->muted(rows, row);
}

bool member_list_cursor(const struct member_list *self, const struct rowset **rows, int *row)
{
    *row = list_cursor_row(self->list);
    if (*row < 0)
        return false;
    *rows = rows_of(self, row);
    return true;
}

bool member_list_find(const struct member_list *self, int64_t key, const struct rowset **rows, int *row)
{
    int count = count_rows((void *)self);
    for (int i = 0; i < count; i++) {
        *row = i;
        *rows = rows_of(self, row);
        if (key_of((void *)self, i) == key)
            return true;
    }
    return false;
}

static void pages_drop(struct pages *pages)
{
    for (int i = 0; i < pages->count; i++)
        rowset_free(pages->rows[i]);
    pages->count = 0;
}

/* ---- Reading ---- */

static void ask_page(struct member_list *self);

/* What was read for the first time is shown page after page; what is read again, once it is whole. */
static void show_next(struct member_list *self, bool whole)
{
    struct table *table = list_table(self->list);
    if (!whole && self->next.count < self->shown.count)
        return;
    pages_drop(&self->shown);
    self->shown.count = self->next.count;
    for (int i = 0; i < self->next.count; i++)
        self->shown.rows[i] = rowset_keep(self->next.rows[i]);
    app_loaded(self->screen->app, self->screen);
    table_set_state(table, TABLE_READY, NULL);
    list_reload(self->list);
    if (self->wanted && table_select(table, self->wanted))
        self->wanted = 0;
    member_list_moved(self);
}

static void on_page(void *arg, const struct reply *reply)
{
    struct member_list *self = arg;
    self->ticket = 0;
    if (reply->status != STATUS_OK) {
        self->older = self->older || self->next.count; /* the pages after these are not here */
        app_fault(self->screen->app, reply->error);
        table_set_state(list_table(self->list), self->shown.count ? TABLE_STALE : TABLE_FAILED, reply->error->text);
        app_changed(self->screen->app, REPAINT);
        return;
    }
    self->next.rows[self->next.count++] = rowset_keep(reply->rows);
    bool more = self->kind->paged && rowset_count(reply->rows) == MEMBER_PAGE, full = self->next.count == PAGES_MOST;
    self->older = more && full;
    if (more && !full)
        ask_page(self);
    show_next(self, !more || full);
    if (!more || full)
        pages_drop(&self->next);
    app_changed(self->screen->app, REPAINT);
}

static void on_further(void *arg, const struct reply *reply)
{
    struct member_list *self = arg;
    self->further_ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->screen->app, reply->error);
        return;
    }
    rowset_free(self->further);
    self->further = rowset_keep(reply->rows);
    member_list_moved(self);
    app_changed(self->screen->app, REPAINT);
}

static void fill(const struct member_list *self, struct member_ask *ask)
{
    *ask = (struct member_ask){.member = self->member, .words = self->words, .tag = self->tag};
    snprintf(ask->id, sizeof ask->id, "%lld", (long long)self->member);
    snprintf(ask->page, sizeof ask->page, "%d", MEMBER_PAGE);
    ask->params[0] = ask->id;
}

static void ask_page(struct member_list *self)
{
    struct member_ask ask;
    fill(self, &ask);
    if (self->kind->ask)
        self->kind->ask(&ask, self->next.count ? self->next.rows[self->next.count - 1] : NULL, self->last, self->days);
    self->ticket = db_send(app_db(self->screen->app), self->kind->query, ask.params, on_page, self);
}

void member_list_load(struct member_list *self, int last, int days)
{
    struct db *db = app_db(self->screen->app);
    db_cancel(db, self->ticket, true);
    self->last = last;
    self->days = days;
    pages_drop(&self->next);
    ask_page(self);
    if (self->kind->further) {
        struct member_ask ask;
        fill(self, &ask);
        if (self->kind->ask_further)
            self->kind->ask_further(&ask);
        db_cancel(db, self->further_ticket, true);
        self->further_ticket = db_send(db, self->kind->further, ask.params, on_further, self);
    }
}

static void set_sought(char **at, const char *text)
{
    free(*at);
    *at = text && *text ? mem_strdup(text) : NULL;
}

void member_list_search(struct member_list *self, const char *words, const char *tag)
{
    set_sought(&self->words, words);
    set_sought(&self->tag, tag);
}

void member_list_want(struct member_list *self, int64_t key)
{
    self->wanted = key;
}

const struct rowset *member_list_further(const struct member_list *self)
{
    return self->further;
}

/* ---- The row under the cursor ---- */

static void build_detail(void *ctx, struct doc *doc, int cols, int rows)
{
    const struct member_list *self = ctx;
    const struct rowset *page;
    int row;
    (void)cols;
    (void)rows;
    if (member_list_cursor(self, &page, &row))
        self->kind->detail(self->screen->app, doc, page, row, self->further);
}

void member_list_moved(struct member_list *self)
{
    if (!self->detail)
        return;
    doc_scroll_top(self->detail);
    doc_rebuild(self->detail);
}

static const char *lacks(void *ctx)
{
    const struct member_list *self = ctx;
    return self->ticket || !self->shown.count ? "The list is still being read."
           : self->older                      ? "Only the newest rows are here, not all."
                                              : NULL;
}

/* ---- Making one ---- */

struct member_list *member_list_new(struct screen *screen, int64_t member, const struct member_list_kind *kind)
{
    struct member_list *self = mem_alloc(sizeof *self);
    *self = (struct member_list){.screen = screen, .member = member, .kind = kind};
    struct list_source source = {.ctx = self,
                                 .count = count_rows,
                                 .key = key_of,
                                 .cell = cell_of,
                                 .value = value_of,
                                 .muted = kind->muted ? muted : NULL,
                                 .lacks = lacks};
    self->list = list_new(screen->app, kind->name, kind->columns, kind->column_count, &source);
    table_set_empty(list_table(self->list), kind->empty);
    self->list_pane =
        (struct layout){.kind = LAYOUT_PANE, .weight = 58, .min_rows = 4, .widget = list_widget(self->list)};
    self->root = (struct layout){.kind = LAYOUT_STACKED, .children = {&self->list_pane}, .child_count = 1};
    if (kind->detail) {
        self->detail = doc_new();
        doc_on_build(self->detail, build_detail, self);
        self->detail_pane =
            (struct layout){.kind = LAYOUT_PANE, .weight = 42, .min_rows = 4, .widget = doc_widget(self->detail)};
        self->root.children[self->root.child_count++] = &self->detail_pane;
    }
    layout_focus(&self->root, list_widget(self->list));
    return self;
}

void member_list_free(struct member_list *self)
{
    if (!self)
        return;
    db_cancel(app_db(self->screen->app), self->ticket, true);
    db_cancel(app_db(self->screen->app), self->further_ticket, true);
    list_free(self->list);
    doc_free(self->detail);
    pages_drop(&self->shown);
    pages_drop(&self->next);
    rowset_free(self->further);
    free(self->words);
    free(self->tag);
    free(self);
}

struct table *member_list_table(struct member_list *self)
{
    return list_table(self->list);
}

struct layout *member_list_layout(struct member_list *self)
{
    return &self->root;
}

void member_list_focus(struct member_list *self)
{
    layout_focus(&self->root, list_widget(self->list));
}

/* ---- What the screen hands on ---- */

void member_list_reflow(struct member_list *self, int cols)
{
    enum { SIDE_BY_SIDE_COLS = 100 };
    self->root.kind = cols >= SIDE_BY_SIDE_COLS ? LAYOUT_BESIDE : LAYOUT_STACKED;
    self->root.child_count = self->detail && !self->detail_hidden ? 2 : 1;
}

void member_list_status(const struct member_list *self, struct line *left)
{
    list_status(self->list, left);
    if (self->older)
        line_add(left, ROLE_WARN, "   the newest %d", count_rows((void *)self));
    else if (self->ticket && self->shown.count)
        line_add(left, ROLE_DIM, "   reading on%s", glyph(GLYPH_ELLIPSIS));
}

bool member_list_accepts(const struct member_list *self, enum action action)
{
    return action == ACTION_DETAIL ? self->detail != NULL : list_accepts(self->list, action);
}

unsigned member_list_act(struct member_list *self, enum action action, int count)
{
    if (action != ACTION_DETAIL)
        return list_act(self->list, action, count);
    if (!self->detail)
        return NOT_TAKEN;
    self->detail_hidden = !self->detail_hidden;
    member_list_focus(self);
    return TAKEN | REFLOW;
}

void member_list_answer(struct member_list *self, const char *text)
{
    list_answer(self->list, text);
}

void member_list_typed(struct member_list *self, const char *text)
{
    list_typed(self->list, text);
}
