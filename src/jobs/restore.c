/* Restoring a backup: first everything that can be wrong with the file, then everything that can be wrong with the database, then the work. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup_private.h"
#include "centurion/base/mem.h"
#include "centurion/data/migrate.h"
#include "centurion/data/restore.h"

/* ---- The file ---- */

static enum status not_a_backup(const char *file, const char *why, struct error *error)
{
    error_set(error, STATUS_FAILED, "%s is no backup of a Centurion database: %s.", file, why);
    error_hint(error, "Nothing was changed. centurion db backup FILE makes one.");
    return STATUS_FAILED;
}

static enum status check_kind(const char *file, struct error *error)
{
    char head[5] = "";
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat about;
    if (fd < 0)
        return error_set(error, STATUS_FAILED, "Cannot read %s: %s", file, strerror(errno));
    bool regular = fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
    bool dump = regular && read(fd, head, sizeof head) == sizeof head && memcmp(head, "PGDMP", sizeof head) == 0;
    close(fd);
    if (!regular)
        return not_a_backup(file, "it is no file", error);
    return dump ? STATUS_OK : not_a_backup(file, "it is not in pg_dump's custom format", error);
}

/* The last word of the line about the table users. Heap; NULL when there is none. */
static char *find_owner(const struct str *list)
{
    static const char entry[] = " TABLE public users ";
    const char *at = strstr(str_text(list), entry);
    return at ? mem_strndup(at + strlen(entry), strcspn(at + strlen(entry), "\n")) : NULL;
}

static enum status check_list(const struct backup *backup, const struct str *list, struct error *error)
{
    struct rowset *tables = NULL;
    if (!backup_holds(list, "SCHEMA - centurion") || !backup_holds(list, "TABLE DATA centurion migrations"))
        return not_a_backup(backup->file, "there is no schema centurion in it", error);
    enum status status = restore_tables(backup->db, &tables, error);
    for (int row = 0; status == STATUS_OK && row < rowset_count(tables); row++) {
        const char *table = restore_table(tables, row);
        char *entry = mem_printf("TABLE DATA public %s", table ? table : "");
        if (table && !backup_holds(list, entry)) {
            char *why = mem_printf("the rows of %s are not in it", table);
            status = not_a_backup(backup->file, why, error);
            free(why);
        }
        free(entry);
    }
    rowset_free(tables);
    return status;
}

/* The newest migration in the dump must be one that this program knows. Its rows are lines "VERSION tab NAME tab ...". */
static enum status check_version(const struct backup *backup, struct error *error)
{
    struct str rows = {0};
    int newest = 0;
    const char *const words[] = {"--data-only", "--schema=centurion", "--table=migrations",
                                 "--file=-",    backup->file,         NULL};
    enum status status = backup_program(backup, "pg_restore", words, &rows, error);
    bool inside = false;
    char *rest = NULL;
    for (char *line = rows.text ? strtok_r(rows.text, "\n", &rest) : NULL; line; line = strtok_r(NULL, "\n", &rest)) {
        int version = inside ? atoi(line) : 0;
        newest = version > newest ? version : newest;
        inside = (inside && strcmp(line, "\\.") != 0) || str_starts(line, "COPY centurion.migrations ");
    }
    str_fini(&rows);
    if (status == STATUS_OK && !newest)
        status = not_a_backup(backup->file, "it has no record of migrations", error);
    if (status == STATUS_OK && newest > migrate_latest()) {
        status = error_set(error, STATUS_FAILED, "%s has migration %d: it is newer than this program, which knows %d.",
                           backup->file, newest, migrate_latest());
        error_hint(error, "Nothing was changed. Install the Centurion that made it, or a newer one.");
    }
    return status;
}

/* ---- The work ---- */

/* Made before, or not ours to give: the schema, and rights on functions of the server's. */
static bool left_out(const char *line)
{
    return strstr(line, " SCHEMA - centurion ") || strstr(line, " ACL pg_catalog ");
}

/* What is to be restored, as a file for pg_restore. Heap; NULL and error. */
static char *write_list(const struct str *list, struct error *error)
{
    const char *folder = getenv("TMPDIR");
    char *path = mem_printf("%s/centurion-restore.XXXXXX", folder && *folder ? folder : "/tmp");
    int fd = mkostemp(path, O_CLOEXEC);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    char *lines = mem_strdup(str_text(list)), *rest = NULL;
    bool wrote = file != NULL;
    for (char *line = strtok_r(lines, "\n", &rest); line && wrote; line = strtok_r(NULL, "\n", &rest))
        if (!left_out(line))
            wrote = fprintf(file, "%s\n", line) > 0;
    if (file)
        wrote = fclose(file) == 0 && wrote;
    free(lines);
    if (wrote)
        return path;
    error_set(error, STATUS_FAILED, "Cannot write %s: %s", path, strerror(errno));
    if (fd >= 0)
        unlink(path);
    free(path);
    return NULL;
}

static enum status restore(const struct backup *backup, const struct str *list, struct error *error)
{
    char *path = write_list(list, error);
    if (!path)
        return STATUS_FAILED;
    char *use = mem_printf("--use-list=%s", path);
    /* Which one is said by the environment; an empty connection string only says that there is one. */
    const char *const words[] = {"--dbname=application_name=centurion",
                                 "--single-transaction",
                                 "--exit-on-error",
                                 "--no-password",
                                 use,
                                 backup->file,
                                 NULL};
    enum status status = restore_prepare(backup->db, error);
    if (status == STATUS_OK) {
        status = backup_program(backup, "pg_restore", words, NULL, error);
        if (status != STATUS_OK)
            restore_undo(backup->db);
    }
    if (status == STATUS_OK)
        status = restore_finish(backup->db, error);
    unlink(path);
    free(use);
    free(path);
    return status;
}

enum status backup_restore(const struct backup *backup, bool check_only, struct error *error)
{
    struct str list = {0};
    char *owner = NULL;
    enum status status = check_kind(backup->file, error);
    if (status == STATUS_OK)
        status = backup_list(backup, backup->file, &list, error);
    if (status == STATUS_OK && (owner = find_owner(&list)) == NULL)
        status = not_a_backup(backup->file, "it has no table users", error);
    if (status == STATUS_OK)
        status = restore_allowed(backup->db, owner, error);
    if (status == STATUS_OK)
        status = check_list(backup, &list, error);
    if (status == STATUS_OK)
        status = check_version(backup, error);
    if (status == STATUS_OK)
        status = backup_read_all(backup, backup->file, error);
    if (status == STATUS_OK && !check_only)
        status = restore(backup, &list, error);
    free(owner);
    str_fini(&list);
    return status;
}
