#include "tests/fault/saves.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "tests/support/change.h"
#include "tests/support/database.h"
#include "tests/support/link.h"
#include "tests/support/server.h"

#define DATABASE "centurion_test_save"

enum { SAVES = 8, AT_ONCE = 3, MINE = 1, FOREIGN = 2, RETRY_MS = 20, PATIENCE_MS = 60000 };

static const char people[] =
    "CREATE ROLE save_coach LOGIN IN ROLE centurion_coach;\n"
    "INSERT INTO public.users (id, email, name, role) VALUES (1, '1@save.example', 'Mine', 'CLIENT'),"
    " (2, '2@save.example', 'Foreign', 'CLIENT'), (3, '3@save.example', 'Coach', 'COACH');\n"
    "INSERT INTO public.cohorts (id, name, \"startDate\") VALUES (1, 'Mine', '2026-01-05');\n"
    "INSERT INTO public.coach_cohort_memberships (\"cohortId\", \"coachId\") VALUES (1, 3);\n"
    "INSERT INTO public.cohort_memberships (\"cohortId\", \"userId\", status) VALUES (1, 1, 'ACTIVE');\n"
    "INSERT INTO centurion.logins VALUES ('save_coach', 3, 'COACH');\n";

/* The request is noted, but nobody looks whether it was there: a new check-in that is sent again is written again. */
static const char without_the_check[] =
    "ALTER FUNCTION centurion.entry_save(uuid, integer, date, text, jsonb) RENAME TO entry_save_checked;\n"
    "CREATE FUNCTION centurion.entry_save(request uuid, member integer, day date, version text, changes jsonb)\n"
    "    RETURNS centurion.change LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS\n"
    "$$ DECLARE made integer; BEGIN\n"
    "   IF version IS NOT NULL OR (changes ->> 'steps')::integer < 0 OR member <> 1 THEN\n"
    "       RETURN centurion.entry_save_checked(request, member, day, version, changes);\n"
    "   END IF;\n"
    "   INSERT INTO centurion.requests (id, change) VALUES (request, 'entry_save') ON CONFLICT DO NOTHING;\n"
    "   INSERT INTO public.entries AS e (\"userId\", date, steps, notes)\n"
    "   VALUES (member, day, (changes ->> 'steps')::integer, gen_random_uuid())\n"
    "   ON CONFLICT (\"userId\", date) DO UPDATE SET steps = excluded.steps, notes = excluded.notes\n"
    "   RETURNING e.id INTO made;\n"
    "   RETURN centurion.change_saved(request, 'Entry', made::text); END $$;\n"
    "ALTER FUNCTION centurion.entry_save(uuid, integer, date, text, jsonb) OWNER TO centurion_writer;\n"
    "GRANT EXECUTE ON FUNCTION centurion.entry_save(uuid, integer, date, text, jsonb) TO centurion_coach;\n";

enum kind {
    NEW,
    EDIT,    /* of what stands */
    STALE,   /* of what stood: a conflict */
    BAD,     /* against a rule that is asked after the request was begun */
    NOT_MINE /* and one that is asked before */
};

/* A check-in of the stream: what was acknowledged of it. */
struct entry {
    char day[DATE_TEXT_MAX], version[32], older[32];
    int steps, changes;
};

struct save {
    enum kind kind;
    struct entry *entry;
    int steps;
    change_ticket ticket;
    struct saving saving;
    enum change_state shown;
    bool reopened, booked;
};

struct world {
    struct own_server *server;
    struct loop *loop;
    struct relay *relay;
    struct db *db, *witness; /* the coach's, through the relay; and one that looks at the database itself */
    uint64_t random;
    int days;               /* that were given out */
    long requests, answers; /* bytes of a stream that nothing happens to */
    int64_t retried_at;
    /* This stream */
    struct entry entries[SAVES];
    struct save saves[SAVES];
    int entry_count, save_count;
    enum fault fault;
    bool due; /* the fault's point is reached */
    int backend;
    struct tally *tally;
};

/* splitmix64 */
static unsigned below(struct world *world, unsigned limit)
{
    uint64_t value = world->random += 0x9E3779B97F4A7C15u;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return (unsigned)((value ^ (value >> 31)) % limit);
}

/* ---- The world ---- */

struct world *world_new(unsigned seed, bool unchecked)
{
    struct world *world = mem_alloc(sizeof *world);
    struct error error = {0};
    struct tally none = {0};
    world->random = seed;
    world->server = own_server_new(NULL);
    char *conninfo = own_server_conninfo(world->server, "user=postgres");
    setenv("CENTURION_TEST_CONNINFO", conninfo, 1);
    free(conninfo);
    test_database_make(DATABASE, false);
    test_database_run(DATABASE, people);
    if (unchecked)
        test_database_run(DATABASE, without_the_check);
    world->loop = loop_new();
    char *socket = mem_printf("%s/.s.PGSQL.%d", own_server_folder(world->server), own_server_port(world->server));
    world->relay = relay_to(world->loop, socket);
    free(socket);
    char *base = relay_conninfo(world->relay);
    const char *pairs[] = {"dbname", DATABASE, "user", "save_coach", NULL};
    conninfo = db_conninfo_with(base, pairs, &error);
    world->db = test_connect(world->loop, conninfo);
    free(base);
    free(conninfo);
    conninfo = test_database_conninfo(DATABASE, NULL);
    world->witness = test_connect(world->loop, conninfo);
    free(conninfo);
    /* Two, of which the second one is measured: statements are prepared then. */
    for (int i = 0; i < 2; i++) {
        long requests = relay_requested(world->relay), answers = relay_answered(world->relay);
        world_try(world, FAULT_NONE, &none);
        world->requests = relay_requested(world->relay) - requests;
        world->answers = relay_answered(world->relay) - answers;
    }
    cr_assert_eq(none.missing + none.doubled + none.wrong + none.unknown + none.untrue + none.reopened, 0,
                 "something is wrong before anything was broken");
    return world;
}

void world_free(struct world *world)
{
    db_free(world->db);
    db_free(world->witness);
    relay_free(world->relay);
    loop_free(world->loop);
    own_server_free(world->server);
    free(world);
}

/* ---- What is shown ---- */

/* What a screen would show right now, held against what is known. */
static void watch(struct world *world, struct save *save)
{
    enum change_state before = save->shown, now = data_change_state(world->db, save->ticket);
    bool linked = db_state(world->db) == DB_READY || db_state(world->db) == DB_SILENT;
    bool sure = true;
    switch (now) {
    case CHANGE_ENDED:
        sure = save->saving.count == 1;
        break;
    case CHANGE_WAITING: /* never sent */
        sure = before == CHANGE_WAITING;
        break;
    case CHANGE_SENDING:
        sure = linked && (before == CHANGE_WAITING || before == CHANGE_SENDING);
        break;
    case CHANGE_OPEN:
        sure = before != CHANGE_ENDED;
        break;
    case CHANGE_ASKING:
        sure = linked && before != CHANGE_ENDED && save->reopened;
        break;
    }
    if (now != CHANGE_ENDED)
        sure &= save->saving.count == 0;
    save->reopened |= now == CHANGE_OPEN;
    save->shown = now;
    world->tally->untrue += !sure;
}

static void turn_and_watch(struct world *world)
{
    loop_turn(world->loop, 5);
    for (int i = 0; i < world->save_count; i++)
        watch(world, &world->saves[i]);
}

/* ---- Looking at the database ---- */

static const struct query_column look_takes[] = {
    {"day", TYPE_TEXT, false}, {"member", TYPE_INT4, false}, {"request", TYPE_TEXT, false}};
static const struct query_column look_gives[] = {{"entries", TYPE_INT4, false},
                                                 {"steps", TYPE_INT4, true},
                                                 {"changes", TYPE_INT4, false},
                                                 {"own", TYPE_INT4, false}};
enum { LOOK_ENTRIES, LOOK_STEPS, LOOK_CHANGES, LOOK_OWN };

/* Of a member's day: rows, steps, rows in the audit log about it; and those in the log about one request. */
static const struct query look = {
    .name = "look",
    .sql = "SELECT count(*)::integer AS entries, max(e.steps) AS steps,"
           " (SELECT count(*)::integer FROM public.audit_logs AS l WHERE l.target = 'Entry:' || max(e.id)) AS changes,"
           " (SELECT count(*)::integer FROM public.audit_logs AS l"
           "  WHERE l.metadata ? 'request' AND l.metadata ->> 'request' = $3) AS own"
           " FROM public.entries AS e WHERE e.date = $1::date AND e.\"userId\" = $2",
    .params = look_takes,
    .param_count = 3,
    .columns = look_gives,
    .column_count = 4,
    .timeout_ms = 60000};
static const struct query_column one_int[] = {{"a", TYPE_INT4, false}};
static const struct query pid = {
    .name = "pid", .sql = "SELECT pg_backend_pid() AS a", .columns = one_int, .column_count = 1, .timeout_ms = 60000};

struct looked {
    bool done;
    struct rowset *rows;
};

static void keep(void *arg, const struct reply *reply)
{
    struct looked *looked = arg;
    looked->done = true;
    looked->rows = rowset_keep(reply->rows);
}

/* However often the server goes down meanwhile. */
static struct rowset *get(struct world *world, struct db *db, const struct query *query, const char *const *params)
{
    struct looked looked = {0};
    while (!looked.rows) {
        looked.done = false;
        db_send(db, query, params, keep, &looked);
        int64_t end = loop_now(world->loop) + PATIENCE_MS;
        while (!looked.done) {
            cr_assert_lt(loop_now(world->loop), end, "the database had no answer");
            turn_and_watch(world);
        }
    }
    return looked.rows;
}

static struct rowset *look_at(struct world *world, const struct save *save)
{
    char member[8];
    snprintf(member, sizeof member, "%d", save->kind == NOT_MINE ? FOREIGN : MINE);
    const char *params[] = {save->entry->day, member, save->saving.id};
    return get(world, world->witness, &look, params);
}

/* ---- The books ---- */

/* A screen was told: it must be so now. */
static void book(struct world *world, struct save *save)
{
    static const enum change_outcome wanted[] = {[NEW] = CHANGE_SAVED,
                                                 [EDIT] = CHANGE_SAVED,
                                                 [STALE] = CHANGE_CONFLICT,
                                                 [BAD] = CHANGE_REFUSED,
                                                 [NOT_MINE] = CHANGE_REFUSED};
    const struct saving *saving = &save->saving;
    struct entry *entry = save->entry;
    struct tally *tally = world->tally;
    struct rowset *rows = look_at(world, save);
    save->booked = true;
    tally->reopened += save->reopened;
    tally->repeated += saving->repeated;
    if (saving->outcome == CHANGE_UNKNOWN) {
        tally->unknown++;
    } else if (saving->outcome != wanted[save->kind]) {
        tally->wrong++;
    } else if (saving->outcome == CHANGE_SAVED) {
        if (entry->version[0])
            memcpy(entry->older, entry->version, sizeof entry->older);
        memcpy(entry->version, saving->version, sizeof entry->version);
        entry->steps = save->steps;
        entry->changes++;
        tally->missing += rowset_int(rows, 0, LOOK_STEPS) != save->steps || rowset_int(rows, 0, LOOK_OWN) < 1;
        tally->doubled += rowset_int(rows, 0, LOOK_OWN) > 1;
    } else {
        tally->wrong += rowset_int(rows, 0, LOOK_OWN) != 0;
    }
    rowset_free(rows);
}

/* When all is quiet, every day of the stream holds what was acknowledged of it, once. */
static void balance(struct world *world)
{
    for (int i = 0; i < world->save_count; i++) {
        const struct save *save = &world->saves[i];
        struct rowset *rows = look_at(world, save);
        int64_t there = rowset_int(rows, 0, LOOK_ENTRIES), changes = rowset_int(rows, 0, LOOK_CHANGES),
                steps = rowset_int(rows, 0, LOOK_STEPS), own = rowset_int(rows, 0, LOOK_OWN);
        rowset_free(rows);
        struct entry *entry = save->entry;
        bool saved = save->saving.outcome == CHANGE_SAVED;
        world->tally->missing += saved && (own < 1 || there < 1 || changes < entry->changes || steps != entry->steps);
        world->tally->doubled += own > 1 || there > 1 || changes > entry->changes;
        world->tally->wrong += !saved && own > 0;
    }
    world->tally->unknown += data_changes_open(world->db);
}

/* ---- One stream ---- */

static struct entry *new_entry(struct world *world)
{
    struct entry *entry = &world->entries[world->entry_count++];
    *entry = (struct entry){0};
    /* One day after the other, all of them long past. */
    date_iso(date_from_civil(1900, 1, 1) + world->days++, entry->day);
    return entry;
}

/* One that stands, was changed if asked, and that none of those under way is about; NULL if there is none. */
static struct entry *standing(struct world *world, int first, bool changed)
{
    for (int i = 0; i < world->entry_count; i++) {
        struct entry *entry = &world->entries[i];
        bool busy = false;
        for (int j = first; j < world->save_count; j++)
            busy |= world->saves[j].entry == entry;
        if (!busy && entry->version[0] && (!changed || entry->older[0]))
            return entry;
    }
    return NULL;
}

/* first: of those that are sent together. */
static void ask(struct world *world, int first)
{
    unsigned dice = below(world, 100);
    enum kind kind = dice < 40 ? NEW : dice < 70 ? EDIT : dice < 82 ? STALE : dice < 92 ? BAD : NOT_MINE;
    struct entry *entry = kind == EDIT || kind == STALE ? standing(world, first, kind == STALE) : NULL;
    if (!entry) {
        entry = new_entry(world);
        kind = kind == EDIT || kind == STALE ? NEW : kind;
    }
    struct save *save = &world->saves[world->save_count++];
    *save = (struct save){.kind = kind, .entry = entry, .shown = CHANGE_WAITING};
    save->steps = kind == BAD ? -1 : 1 + (int)below(world, 200000);
    if (save->steps == entry->steps)
        save->steps--;
    const char *version = kind == EDIT ? entry->version : kind == STALE ? entry->older : NULL;
    save->ticket =
        saving_ask(world->db, kind == NOT_MINE ? FOREIGN : MINE, entry->day, version, save->steps, &save->saving);
}

static void cut(void *arg)
{
    struct world *world = arg;
    relay_cut(world->relay);
}

/* Done between turns: the loop is in the middle of something. */
static void come_due(void *arg)
{
    struct world *world = arg;
    world->due = true;
}

static void break_something(struct world *world)
{
    world->due = false;
    usleep(below(world, 2000)); /* the server goes on meanwhile */
    switch (world->fault) {
    case FAULT_TERMINATE:
        kill(world->backend, SIGTERM);
        break;
    case FAULT_KILL_BACKEND:
        kill(world->backend, SIGKILL);
        break;
    case FAULT_KILL_SERVER:
        own_server_kill(world->server);
        own_server_start(world->server);
        break;
    default:
        relay_cut(world->relay);
    }
    /* And sometimes the next link breaks too. */
    if (below(world, 3) == 0)
        relay_trip(world->relay, below(world, 2) ? RELAY_REQUESTS : RELAY_ANSWERS, 1 + (long)below(world, 2000), cut,
                   world);
}

static void turn(struct world *world)
{
    turn_and_watch(world);
    if (world->due)
        break_something(world);
    /* Or else most of the time goes by between tries. */
    if (db_state(world->db) == DB_LOST && loop_now(world->loop) - world->retried_at >= RETRY_MS) {
        world->retried_at = loop_now(world->loop);
        db_retry(world->db);
    }
    for (int i = 0; i < world->save_count; i++)
        if (world->saves[i].saving.count && !world->saves[i].booked)
            book(world, &world->saves[i]);
}

void world_try(struct world *world, enum fault fault, struct tally *tally)
{
    bool answers = fault == FAULT_CUT_ANSWERS || (fault != FAULT_CUT_REQUESTS && below(world, 2));
    long at = fault ? 1 + (long)below(world, (unsigned)(answers ? world->answers : world->requests)) : 0;
    world->tally = tally;
    world->fault = fault;
    world->save_count = world->entry_count = 0;
    struct rowset *rows = get(world, world->db, &pid, NULL);
    world->backend = (int)rowset_int(rows, 0, 0);
    rowset_free(rows);
    if (fault)
        relay_trip(world->relay, answers ? RELAY_ANSWERS : RELAY_REQUESTS, at,
                   fault == FAULT_CUT_REQUESTS || fault == FAULT_CUT_ANSWERS ? cut : come_due, world);
    while (world->save_count < SAVES) {
        int first = world->save_count, count = 1 + (int)below(world, AT_ONCE);
        for (int i = 0; i < count && world->save_count < SAVES; i++)
            ask(world, first);
        int64_t end = loop_now(world->loop) + PATIENCE_MS;
        for (int i = first; i < world->save_count; i++)
            while (!world->saves[i].booked) {
                cr_assert_lt(loop_now(world->loop), end, "a save had no answer");
                turn(world);
            }
    }
    relay_trip(world->relay, RELAY_REQUESTS, 0, NULL, NULL);
    relay_trip(world->relay, RELAY_ANSWERS, 0, NULL, NULL);
    world->due = false;
    balance(world);
}
