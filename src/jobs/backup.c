#include "centurion/jobs/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "backup_private.h"
#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "centurion/data/queries.gen.h"
#include "centurion/data/restore.h"
#include "centurion/data/server.h"
#include "program.h"

enum { WORDS_MAX = 16 };

/* ---- PostgreSQL's programs ---- */

/* The last "error: ..." that it said, else its last line; without the program's name. */
static void find_complaint(struct str *said, struct str *out)
{
    char *rest = NULL;
    for (char *line = said->text ? strtok_r(said->text, "\n", &rest) : NULL; line; line = strtok_r(NULL, "\n", &rest)) {
        char *begin = strstr(line, "error: ");
        if (!begin && out->length && strstr(line, "detail: "))
            continue;
        if (begin || !out->length) {
            str_clear(out);
            str_add(out, begin ? begin + strlen("error: ") : line);
        }
        if (begin && strstr(begin, "ERROR:  ")) {
            str_clear(out);
            str_add(out, strstr(begin, "ERROR:  ") + strlen("ERROR:  "));
        }
    }
}

struct saying {
    const char *words;
    enum status status;
    const char *hint;
};

static void explain(const struct str *complaint, struct error *error)
{
    static const struct saying sayings[] = {
        {"permission denied", STATUS_DENIED, "Connect as the owner of the database."},
        {"row-level security", STATUS_DENIED, "Connect as the owner of the database."},
        {"unsupported version", STATUS_FAILED,
         "The backup was made by a newer pg_dump. Install the pg_restore that goes with it."},
        {"does not appear to be a valid archive", STATUS_FAILED, "It is no backup that centurion db backup made."},
        {"could not read from input file", STATUS_FAILED, "The file is incomplete. Use another backup."},
        {"unexpected end of file", STATUS_FAILED, "The file is incomplete. Use another backup."},
        {"could not uncompress data", STATUS_FAILED, "The file is damaged. Use another backup."},
        {"No space left", STATUS_FAILED, "Make room on that disk, or write to another one."},
        {"server version mismatch", STATUS_FAILED, "Install the postgresql-client package of the server's version."},
        {"connection to server", STATUS_NO_CONNECTION, ""},
    };
    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++) {
        if (!strstr(str_text(complaint), sayings[i].words))
            continue;
        error->status = sayings[i].status;
        if (*sayings[i].hint)
            error_hint(error, "%s", sayings[i].hint);
        return;
    }
    if (strstr(str_text(complaint), "role ") && strstr(str_text(complaint), "does not exist"))
        error_hint(error,
                   "The backup gives rights to a role that this server does not have. Make it with CREATE ROLE.");
}

enum status backup_program(const struct backup *backup, const char *name, const char *const *words, struct str *out,
                           struct error *error)
{
    const char *argv[WORDS_MAX] = {NULL};
    struct str said = {0}, complaint = {0};
    struct error why = {0};
    char *folder = server_client_programs(db_server_version(backup->db) / 10000, error);
    if (!folder)
        return STATUS_FAILED;
    char *path = path_join(folder, name), **environment = db_environment(backup->db);
    argv[0] = path;
    for (int i = 0; words[i] && i + 2 < WORDS_MAX; i++)
        argv[i + 1] = words[i];
    const struct program program = {
        .argv = argv, .environment = environment, .stopped = backup->stopped, .out = out, .said = &said};
    enum status status = program_run(backup->loop, &program, &why);
    if (status != STATUS_OK) {
        find_complaint(&said, &complaint);
        if (complaint.length && !(backup->stopped && *backup->stopped)) {
            error_set(&why, status, "%s: %s", name, str_text(&complaint));
            explain(&complaint, &why);
        }
        if (error)
            *error = why;
        status = why.status;
    }
    db_environment_free(environment);
    str_fini(&said);
    str_fini(&complaint);
    free(path);
    free(folder);
    return status;
}

enum status backup_list(const struct backup *backup, const char *file, struct str *list, struct error *error)
{
    return backup_program(backup, "pg_restore", (const char *const[]){"--list", file, NULL}, list, error);
}

bool backup_holds(const struct str *list, const char *entry)
{
    char *wanted = mem_printf(" %s ", entry);
    bool holds = strstr(str_text(list), wanted) != NULL;
    free(wanted);
    return holds;
}

enum status backup_read_all(const struct backup *backup, const char *file, struct error *error)
{
    return backup_program(backup, "pg_restore", (const char *const[]){"--file=/dev/null", file, NULL}, NULL, error);
}

/* ---- Writing ---- */

static enum status system_failed(const char *what, const char *file, struct error *error)
{
    return error_set(error, STATUS_FAILED, "Cannot %s %s: %s", what, file, strerror(errno));
}

/* An empty file of ours, readable by us only; what a program that was killed left is replaced. */
static enum status make_partial(const char *partial, struct error *error)
{
    unlink(partial);
    int fd = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return system_failed("write", partial, error);
    close(fd);
    return STATUS_OK;
}

static enum status check_holds(const struct backup *backup, const struct rowset *tables, const char *partial,
                               struct error *error)
{
    struct str list = {0};
    enum status status = backup_list(backup, partial, &list, error);
    if (status == STATUS_OK && !backup_holds(&list, "SCHEMA - centurion"))
        status = error_set(error, STATUS_FAILED, "The backup does not hold the schema centurion.");
    for (int row = 0; status == STATUS_OK && row < rowset_count(tables); row++) {
        char *entry = mem_printf("TABLE DATA %s", backup_table(tables, row));
        if (!backup_holds(&list, entry))
            status =
                error_set(error, STATUS_FAILED, "The backup does not hold the rows of %s.", backup_table(tables, row));
        free(entry);
    }
    str_fini(&list);
    return status == STATUS_OK ? backup_read_all(backup, partial, error) : status;
}

static enum status make_durable(const char *partial, const char *file, struct error *error)
{
    int fd = open(partial, O_RDONLY | O_CLOEXEC);
    bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    if (!synced || rename(partial, file) != 0)
        return system_failed("write", file, error);
    char *folder = mem_strdup(file), *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder] = '\0';
    fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
    return STATUS_OK;
}

enum status backup_write(const struct backup *backup, bool force, struct error *error)
{
    struct stat there;
    struct rowset *tables = NULL;
    bool found = lstat(backup->file, &there) == 0;
    if (found && (!S_ISREG(there.st_mode) || !force)) {
        error_set(error, STATUS_FAILED, "%s is there already.", backup->file);
        if (S_ISREG(there.st_mode))
            error_hint(error, "Name another file, or replace it with --force.");
        return STATUS_FAILED;
    }
    enum status status = backup_tables(backup->db, &tables, error);
    if (status != STATUS_OK)
        return status;
    char *partial = mem_printf("%s.partial", backup->file), *to = mem_printf("--file=%s", partial);
    status = make_partial(partial, error);
    if (status == STATUS_OK)
        status = backup_program(backup, "pg_dump", (const char *const[]){"--format=custom", "--no-password", to, NULL},
                                NULL, error);
    if (status == STATUS_OK)
        status = check_holds(backup, tables, partial, error);
    if (status == STATUS_OK)
        status = make_durable(partial, backup->file, error);
    if (status != STATUS_OK)
        unlink(partial);
    rowset_free(tables);
    free(to);
    free(partial);
    return status;
}

/* ---- Where to, unless told ---- */

static bool make_folders(char *path)
{
    for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made)
            return false;
    }
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

/* Two within a second have different names. */
static char *free_name(const char *folder, const char *name, const char *when)
{
    char *file = mem_printf("%s/%s-%s.dump", folder, name, when);
    for (int nth = 2; access(file, F_OK) == 0; nth++) {
        free(file);
        file = mem_printf("%s/%s-%s-%d.dump", folder, name, when, nth);
    }
    return file;
}

char *backup_default_file(struct db *db, struct error *error)
{
    struct rowset *rows = NULL;
    char when[32], *file = NULL;
    time_t now = time(NULL);
    struct tm utc;
    if (db_run(db, &QUERY_SCHEMA_DATABASE, NULL, &rows, error) != STATUS_OK)
        return NULL;
    char *name = mem_strdup(rowset_text(rows, 0, SCHEMA_DATABASE_NAME)), *folder = path_state("backups");
    for (char *at = name; *at; at++)
        if (*at == '/' || (unsigned char)*at < ' ')
            *at = '_';
    strftime(when, sizeof when, "%Y%m%dT%H%M%S", gmtime_r(&now, &utc));
    if (make_folders(folder))
        file = free_name(folder, name, when);
    else
        system_failed("make", folder, error);
    rowset_free(rows);
    free(folder);
    free(name);
    return file;
}
