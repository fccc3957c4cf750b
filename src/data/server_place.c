/* Where a private server lives, whose it is, and whether there is room for it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "server_private.h"

#define ROOT_HOME "/var/lib/centurion"
#define ROOT_ACCOUNT "postgres"

static char *home_folder(void)
{
    const char *home = getenv("CENTURION_SERVER_HOME");
    if (!home || !*home)
        return geteuid() == 0 ? mem_strdup(ROOT_HOME) : path_data(NULL);
    if (*home == '/')
        return mem_strdup(home);
    char here[4096];
    return getcwd(here, sizeof here) ? path_join(here, home) : mem_strdup(home);
}

/* A socket's path has room for 107 bytes only. /tmp and not $XDG_RUNTIME_DIR, which goes away with the last log-out
 * while the server stays; and a name that follows from the folder's, so that everybody who knows the one finds the
 * other. */
static char *socket_folder(const char *folder)
{
    struct sockaddr_un address;
    if ((size_t)snprintf(NULL, 0, "%s/.s.PGSQL.%d", folder, SERVER_PORT) < sizeof address.sun_path)
        return mem_strdup(folder);
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (const char *byte = folder; *byte; byte++)
        hash = (hash ^ (unsigned char)*byte) * 1099511628211u;
    return mem_printf("/tmp/centurion-%016" PRIx64, hash);
}

void server_place_init(struct server_place *place, enum server_kind kind)
{
    place->kind = kind;
    place->home = home_folder();
    place->folder = path_join(place->home, server_kind_name(kind));
    place->data = path_join(place->folder, "data");
    place->making = path_join(place->folder, "data.making");
    place->log = path_join(place->folder, "server.log");
    place->lock = path_join(place->folder, "lock");
    place->socket = socket_folder(place->folder);
}

void server_place_fini(struct server_place *place)
{
    free(place->home);
    free(place->folder);
    free(place->data);
    free(place->making);
    free(place->log);
    free(place->lock);
    free(place->socket);
}

static enum status find_account(struct passwd **account, struct error *error)
{
    *account = getpwnam(ROOT_ACCOUNT);
    if (*account)
        return STATUS_OK;
    error_set(error, STATUS_FAILED, "PostgreSQL refuses to run as root, and there is no account \"%s\" to run it as",
              ROOT_ACCOUNT);
    error_hint(
        error,
        "Debian and Ubuntu make it with the server: apt-get install postgresql. Or start this as an ordinary user.");
    return STATUS_FAILED;
}

enum status server_place_become(struct error *error)
{
    umask(077);
    if (geteuid() != 0)
        return STATUS_OK;
    struct passwd *account;
    if (find_account(&account, error) != STATUS_OK)
        return STATUS_FAILED;
    if (initgroups(account->pw_name, account->pw_gid) != 0 || setgid(account->pw_gid) != 0 ||
        setuid(account->pw_uid) != 0)
        return error_set(error, STATUS_FAILED, "Cannot become the account \"%s\": %s", account->pw_name,
                         strerror(errno));
    setenv("HOME", account->pw_dir, 1);
    return STATUS_OK;
}

static enum status cannot_make(const char *folder, struct error *error)
{
    int reason = errno;
    error_set(error, STATUS_FAILED, "Cannot make the folder %s: %s", folder, strerror(reason));
    if (reason == ENOSPC || reason == EDQUOT)
        error_hint(error, "Free some space, or name another place in CENTURION_SERVER_HOME.");
    else
        error_hint(error, "CENTURION_SERVER_HOME=FOLDER puts the server somewhere else.");
    return STATUS_FAILED;
}

/* mkdir -p */
static enum status make_folders(const char *folder, mode_t mode, struct error *error)
{
    char *path = mem_strdup(folder);
    enum status status = STATUS_OK;
    for (char *slash = path; slash && status == STATUS_OK;) {
        slash = strchr(slash + 1, '/');
        if (slash)
            *slash = '\0';
        struct stat there;
        int reason = mkdir(path, mode) == 0 ? 0 : errno;
        if (reason == 0) {
            chmod(path, mode); /* whatever the umask */
        } else if (stat(path, &there) != 0 || !S_ISDIR(there.st_mode)) {
            errno = reason == EEXIST ? ENOTDIR : reason;
            status = cannot_make(path, error);
        }
        if (slash)
            *slash = '/';
    }
    free(path);
    return status;
}

static const char *account_name(uid_t uid, char out[32])
{
    const struct passwd *account = getpwuid(uid);
    snprintf(out, 32, "%s", account ? account->pw_name : "");
    if (!account)
        snprintf(out, 32, "%ld", (long)uid);
    return out;
}

/* Root's, and empty: nobody works there yet. */
static bool is_fresh(const char *folder)
{
    struct stat there;
    DIR *entries = stat(folder, &there) == 0 && there.st_uid == 0 ? opendir(folder) : NULL;
    int count = 0;
    while (entries && readdir(entries))
        count++;
    if (entries)
        closedir(entries);
    return entries && count <= 2; /* . and .. */
}

enum status server_place_prepare(const struct server_place *place, struct error *error)
{
    bool root = geteuid() == 0;
    struct passwd *account = NULL;
    if (root && find_account(&account, error) != STATUS_OK)
        return STATUS_FAILED;
    uid_t uid = account ? account->pw_uid : geteuid();
    enum status status = make_folders(place->home, root ? 0755 : 0700, error);
    if (status != STATUS_OK)
        return status;
    if (mkdir(place->folder, 0700) != 0 && errno != EEXIST)
        return cannot_make(place->folder, error);
    /* Made now, or by one who ended or is about to come here, too. */
    if (root && is_fresh(place->folder) && chown(place->folder, uid, account->pw_gid) != 0)
        return error_set(error, STATUS_FAILED, "Cannot give %s to %s: %s", place->folder, account->pw_name,
                         strerror(errno));
    struct stat there;
    if (stat(place->folder, &there) != 0)
        return error_set(error, STATUS_FAILED, "Cannot look at %s: %s", place->folder, strerror(errno));
    char has[32], wants[32];
    if (!S_ISDIR(there.st_mode))
        return error_set(error, STATUS_FAILED, "%s is in the way: it is no folder", place->folder);
    if (there.st_uid != uid) {
        error_set(error, STATUS_FAILED, "The folder %s belongs to %s, and the server runs as %s", place->folder,
                  account_name(there.st_uid, has), account_name(uid, wants));
        error_hint(error, "sudo chown -R %s: '%s'   or name another place in CENTURION_SERVER_HOME.",
                   account_name(uid, wants), place->folder);
        return STATUS_FAILED;
    }
    if (there.st_mode & 077) {
        error_set(error, STATUS_FAILED, "Others can enter the folder %s (mode %03o), and the server trusts whoever can",
                  place->folder, (unsigned)(there.st_mode & 0777));
        error_hint(error, "chmod 700 '%s'", place->folder);
        return STATUS_FAILED;
    }
    return STATUS_OK;
}

static void add_value(struct str *out, const char *keyword, const char *value)
{
    str_addf(out, "%s%s=", out->length ? " " : "", keyword);
    if (*value && !value[strcspn(value, " '\\\t\n\r\f\v")]) {
        str_add(out, value);
        return;
    }
    str_add_char(out, '\'');
    for (; *value; value++) {
        if (*value == '\'' || *value == '\\')
            str_add_char(out, '\\');
        str_add_char(out, *value);
    }
    str_add_char(out, '\'');
}

char *server_place_conninfo(const struct server_place *place, int port, const char *database, const char *user)
{
    struct str out = {0};
    add_value(&out, "host", place->socket);
    str_addf(&out, " port=%d", port);
    add_value(&out, "dbname", database);
    add_value(&out, "user", user);
    return str_steal(&out);
}

int server_data_major(const char *data)
{
    char *path = path_join(data, "PG_VERSION");
    FILE *file = fopen(path, "re");
    int major = 0;
    if (file) {
        if (fscanf(file, "%9d", &major) != 1)
            major = 0;
        fclose(file);
    }
    free(path);
    return major;
}

static int64_t disk_free(const char *folder)
{
    struct statvfs disk;
    return statvfs(folder, &disk) == 0 ? (int64_t)disk.f_bavail * (int64_t)disk.f_frsize >> 20 : -1;
}

void server_disk_full(const char *folder, int need, struct error *error)
{
    error_set(error, STATUS_FAILED, "The disk is full: %s needs %d MB of free space and has %" PRId64 " MB", folder,
              need, disk_free(folder));
    error_hint(error, "Free some space there, or put the server on another disk with CENTURION_SERVER_HOME=FOLDER.");
}

enum status server_disk_check(const char *folder, int need, struct error *error)
{
    int64_t has = disk_free(folder);
    if (has < 0 || has >= need)
        return STATUS_OK;
    server_disk_full(folder, need, error);
    return STATUS_FAILED;
}

static int remove_one(const char *path, const struct stat *there, int kind, struct FTW *walk)
{
    (void)there;
    (void)kind;
    (void)walk;
    return remove(path);
}

void server_remove_tree(const char *path)
{
    nftw(path, remove_one, 32, FTW_DEPTH | FTW_PHYS);
}
