/* Makes a cluster with its database and everything in it. Nothing is made durable before it is complete, so that it is
 * quick; what a crash leaves half done is thrown away. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "centurion/data/db.h"
#include "centurion/data/migrate.h"
#include "centurion/data/queries.gen.h"
#include "server_private.h"

enum { READY_MS = 30000, NEED_EMPTY_MB = 120, NEED_SMALL_MB = 160, NEED_LARGE_MB = 3000 };

/* Sorting by byte value never changes with a library, so indexes outlive upgrades of the system, LIKE 'word%' finds
 * them, and the same data sort the same everywhere; upper and lower case know all letters. Lists for people ask for a
 * language's order themselves. */
static const char *const initdb_options[] = {
    "-U",
    SERVER_SUPERUSER,
    "--encoding=UTF8",
    "--locale-provider=libc",
    "--locale=C",
    "--lc-ctype=C.UTF-8",
    "--auth-local=trust",
    "--auth-host=reject",
    "--data-checksums",
};

/* The log must not hold what people entered: no statements, no values. */
static const char settings[] =
    "# Settings of Centurion's private server. They are yours to change; the next start reads them.\n"
    "# Where it listens is decided by Centurion: a socket in its private folder, never the network.\n"
    "shared_buffers = 32MB\n"
    "work_mem = 8MB\n"
    "maintenance_work_mem = 64MB\n"
    "max_connections = 30\n"
    "max_wal_size = 256MB\n"
    "jit = off\n"
    "fsync = on\n"
    "timezone = 'UTC'\n"
    "log_timezone = 'UTC'\n"
    "lc_messages = 'C'\n"
    "logging_collector = off\n"
    "log_min_error_statement = panic\n"
    "log_error_verbosity = terse\n"
    "log_parameter_max_length = 0\n"
    "log_parameter_max_length_on_error = 0\n";

/* While it is made. */
static const char *const hasty[] = {
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=1GB",
    "checkpoint_timeout=1h",
    "autovacuum=off",
    "shared_buffers=128MB",
    "log_min_messages=error",
    "max_connections=10",
    "maintenance_work_mem=256MB",
    NULL,
};

struct making {
    const struct server_place *place;
    const struct server_programs *programs;
    const struct server_options *options;
    int need; /* MB of disk */
};

void server_initdb_words(struct str *out)
{
    for (size_t i = 0; i < sizeof initdb_options / sizeof *initdb_options; i++)
        str_addf(out, " %s", initdb_options[i]);
}

static enum status initialise(const struct making *making, struct error *error)
{
    enum { OPTIONS = sizeof initdb_options / sizeof *initdb_options };
    const char *argv[OPTIONS + 6] = {NULL};
    char *program = path_join(making->programs->bindir, "initdb");
    int count = 0;
    argv[count++] = program;
    argv[count++] = "-D";
    argv[count++] = making->place->making;
    for (int i = 0; i < OPTIONS; i++)
        argv[count++] = initdb_options[i];
    argv[count++] = "--no-sync"; /* see make_durable() */
    argv[count++] = "--no-instructions";
    struct server_spec spec = {.argv = argv, .log = making->place->log, .dies_with_us = true};
    enum status status = server_run(&spec, error);
    free(program);
    return status;
}

static enum status write_file(const char *folder, const char *name, const char *text, struct error *error)
{
    char *path = path_join(folder, name);
    FILE *file = fopen(path, "we");
    bool wrote = file && fputs(text, file) >= 0;
    wrote = file && fclose(file) == 0 && wrote;
    enum status status =
        wrote ? STATUS_OK : error_set(error, STATUS_FAILED, "Cannot write %s: %s", path, strerror(errno));
    free(path);
    return status;
}

char *server_made_size(const struct server_place *place)
{
    char *path = path_join(place->data, "centurion.made"), size[16];
    FILE *file = fopen(path, "re");
    bool read = file && fscanf(file, "size=%15s", size) == 1;
    if (file)
        fclose(file);
    free(path);
    return read ? mem_strdup(size) : NULL;
}

static enum status launch(const struct making *making, struct error *error)
{
    const struct server_launch with = {.place = making->place,
                                       .programs = making->programs,
                                       .data = making->place->making,
                                       .port = SERVER_PORT_MAKING,
                                       .settings = hasty,
                                       .dies_with_us = true};
    return server_launch(&with, error);
}

typedef enum status session_fn(struct db *db, const struct server_options *options, struct error *error);

/* Runs fn on a connection of its own. */
static enum status with_session(const struct server_place *place, int port, const char *database, const char *user,
                                session_fn *fn, const struct server_options *options, struct error *error)
{
    struct loop *loop = loop_new();
    char *conninfo = server_place_conninfo(place, port, database, user);
    struct db *db = db_new(loop, conninfo, "centurion server");
    db_open(db);
    enum status status = db_wait_ready(db, READY_MS, error);
    if (status == STATUS_OK)
        status = fn(db, options, error);
    db_free(db);
    free(conninfo);
    loop_free(loop);
    return status;
}

/* Each alone: CREATE DATABASE takes no company. */
static enum status run_all(struct db *db, const char *const *statements, struct error *error)
{
    enum status status = STATUS_OK;
    for (; *statements && status == STATUS_OK; statements++)
        status = db_run_script(db, "private server", *statements, error);
    return status;
}

static enum status make_database(struct db *db, const struct server_options *options, struct error *error)
{
    static const char *const statements[] = {
        "CREATE ROLE " SERVER_OWNER " LOGIN CREATEROLE CREATEDB",
        "GRANT pg_signal_backend TO " SERVER_OWNER,
        "CREATE DATABASE " SERVER_DATABASE " OWNER " SERVER_OWNER,
        NULL,
    };
    (void)options;
    return run_all(db, statements, error);
}

static void tell_migration(void *arg, int version, const char *name)
{
    const struct server_options *options = arg;
    char words[160];
    snprintf(words, sizeof words, "bringing the database to version %d: %s", version, name);
    options->progress(options->arg, words);
}

static void tell_demo(void *arg, int step, const char *words_of_step)
{
    const struct server_options *options = arg;
    char words[160];
    (void)step;
    snprintf(words, sizeof words, "demonstration data: %s", words_of_step);
    options->progress(options->arg, words);
}

static enum status migrate(struct db *db, const struct server_options *options, struct error *error)
{
    int applied;
    return migrate_apply(db, 0, true, tell_migration, (void *)options, &applied, error);
}

static const char *size_of(const struct server_options *options)
{
    return options->size ? options->size : "small";
}

static void today_of(const struct server_options *options, char out[16])
{
    time_t now = time(NULL);
    struct tm day;
    gmtime_r(&now, &day);
    strftime(out, 16, "%Y-%m-%d", &day);
    if (options->today)
        snprintf(out, 16, "%s", options->today);
}

static enum status load_demo(struct db *db, const struct server_options *options, struct error *error)
{
    char today[16];
    today_of(options, today);
    return migrate_load_demo(db, size_of(options), today, tell_demo, (void *)options, error);
}

/* The demonstration loads without triggers, which takes a right that an owner has not. */
static enum status allow_demo(struct db *db, const struct server_options *options, struct error *error)
{
    (void)options;
    return db_run_script(db, "private server", "GRANT SET ON PARAMETER session_replication_role TO " SERVER_OWNER,
                         error);
}

/* Large objects know no owner by default; only a superuser can take them away from everybody. */
static const char no_large_objects[] =
    "DO $$ DECLARE f record; BEGIN"
    " FOR f IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"
    " AND (proname LIKE 'lo\\_%' OR proname IN ('loread', 'lowrite'))"
    " LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f.name); END LOOP; END $$";

static enum status tidy(struct db *db, const struct server_options *options, struct error *error)
{
    static const char *const statements[] = {
        "REVOKE SET ON PARAMETER session_replication_role FROM " SERVER_OWNER,
        no_large_objects,
        NULL,
    };
    (void)options;
    return run_all(db, statements, error);
}

/* The administrator who lets the others in. */
static enum status add_person(struct db *db, const struct server_options *options, struct error *error)
{
    const char *const params[] = {options->person};
    options->progress(options->arg, "adding the first administrator");
    enum status status = db_run(db, &QUERY_FIRST_ADMIN_NAME, params, NULL, error);
    if (status == STATUS_OK)
        status = db_run(db, &QUERY_FIRST_ADMIN_ADD, NULL, NULL, error);
    return status;
}

static enum status fill(const struct making *making, struct error *error)
{
    const struct server_place *place = making->place;
    const struct server_options *options = making->options;
    const int port = SERVER_PORT_MAKING;
    struct {
        const char *database, *user;
        session_fn *fn;
    } steps[] = {
        {"postgres", SERVER_SUPERUSER, make_database},
        {SERVER_DATABASE, SERVER_OWNER, migrate},
        {SERVER_DATABASE, SERVER_SUPERUSER, place->kind == SERVER_DEMO ? allow_demo : NULL},
        {SERVER_DATABASE, SERVER_OWNER, place->kind == SERVER_DEMO ? load_demo : add_person},
        {SERVER_DATABASE, SERVER_SUPERUSER, tidy},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == STATUS_OK; i++)
        if (steps[i].fn)
            status = with_session(place, port, steps[i].database, steps[i].user, steps[i].fn, options, error);
    return status;
}

/* All of the file system at once: file by file, as initdb would, is a thousand waits for the disk. */
static enum status make_durable(const struct making *making, struct error *error)
{
    const char *folder = making->place->making;
    enum status status = STATUS_OK;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || syncfs(fd) != 0)
        status = error_set(error, STATUS_FAILED, "Cannot write %s to disk: %s", folder, strerror(errno));
    if (fd >= 0)
        close(fd);
    return status;
}

enum status server_make(const struct server_place *place, const struct server_programs *programs,
                        const struct server_options *options, struct error *error)
{
    struct making making = {.place = place, .programs = programs, .options = options, .need = NEED_EMPTY_MB};
    if (place->kind == SERVER_DEMO)
        making.need = str_equal(size_of(options), "large") ? NEED_LARGE_MB : NEED_SMALL_MB;
    enum status status = server_disk_check(place->folder, making.need, error);
    if (status != STATUS_OK)
        return status;
    options->progress(options->arg, "making the database folder");
    char *made = mem_printf("size=%s\n", place->kind == SERVER_DEMO ? size_of(options) : "-");
    status = initialise(&making, error);
    if (status == STATUS_OK)
        status = write_file(place->making, "postgresql.conf", settings, error);
    if (status == STATUS_OK)
        status = write_file(place->making, "centurion.made", made, error);
    if (status == STATUS_OK)
        status = launch(&making, error);
    if (status == STATUS_OK)
        status = fill(&making, error);
    if (status == STATUS_OK) {
        options->progress(options->arg, "writing it to disk");
        status = server_shut_down(place->making, SIGINT, error);
    }
    if (status == STATUS_OK)
        status = make_durable(&making, error);
    free(made);
    if (status != STATUS_OK && error && (strstr(error->text, "No space left") || strstr(error->text, "Disk quota")))
        server_disk_full(place->folder, making.need, error);
    return status;
}

/* Without a backup, which would need room for a second copy each time that the program is newer: `centurion db migrate` makes one where
 * that is wanted. Each migration stands or does not. */
static enum status update(struct db *db, const struct server_options *options, struct error *error)
{
    int applied;
    return migrate_apply(db, 0, false, tell_migration, (void *)options, &applied, error);
}

enum status server_update(const struct server_place *place, const struct server_options *options, struct error *error)
{
    enum status status = with_session(place, SERVER_PORT, SERVER_DATABASE, SERVER_OWNER, update, options, error);
    if (status == STATUS_NO_CONNECTION)
        error_hint(error, "`centurion server stop %s` ends it; then start it again.", server_kind_name(place->kind));
    return status;
}
