/* What the files of the private server share. */
#ifndef CENTURION_DATA_SERVER_PRIVATE_H
#define CENTURION_DATA_SERVER_PRIVATE_H

#include <stdint.h>
#include <sys/types.h>

#include "centurion/base/str.h"
#include "centurion/data/server.h"

#define SERVER_SUPERUSER "centurion_superuser"
#define SERVER_OWNER "centurion_owner"
#define SERVER_DATABASE "centurion"

enum { SERVER_PORT = 5432, SERVER_PORT_MAKING = 5433 };

/* server_place.c: where it lives and whose it is. */
struct server_place {
    enum server_kind kind;
    char *home;   /* above the folders of all kinds */
    char *folder; /* its own */
    char *data, *making;
    char *socket; /* the socket's folder */
    char *log, *lock;
};

void server_place_init(struct server_place *place, enum server_kind kind);
void server_place_fini(struct server_place *place);

/* Makes the folder with its owner and mode, and refuses one that others can enter or own. Needs the rights of the
 * caller, root perhaps. */
enum status server_place_prepare(const struct server_place *place, struct error *error);

/* Becomes the account that the server runs as, for good: nothing unless the process is root's. */
enum status server_place_become(struct error *error);

/* keyword=value text for libpq; port and dbname say which server and database. Heap. */
char *server_place_conninfo(const struct server_place *place, int port, const char *database, const char *user);

/* The major version of the cluster in folder data, or 0 when there is no cluster. */
int server_data_major(const char *data);

/* Is there room for `need` MB? Otherwise an error that says where, how much is needed and how much there is. */
enum status server_disk_check(const char *folder, int need, struct error *error);
void server_disk_full(const char *folder, int need, struct error *error);

void server_remove_tree(const char *path);

/* server_find.c: PostgreSQL's programs. */
struct server_programs {
    char *bindir; /* heap */
    int major;
};

/* major 0: the newest that will do. */
enum status server_find(int major, struct server_programs *out, struct error *error);

/* server_process.c: running them. */
struct server_spec {
    const char *const *argv;
    const char *log; /* stdout and stderr are appended there */
    bool dies_with_us;
};

enum status server_spawn(const struct server_spec *spec, pid_t *pid, struct error *error);
enum status server_run(const struct server_spec *spec, struct error *error); /* and waits; failure quotes the log */

/* What a program prints, without the last newline. */
enum status server_capture(const char *const *argv, struct str *out, struct error *error);

/* The last words of a log from offset on: the last FATAL or PANIC, else the last line. False when there is none. */
bool server_log_last(const char *log, int64_t offset, struct str *out);
int64_t server_log_size(const char *log);

/* The postmaster of a data folder: 0 none. A pid file that names another program's process counts as none. */
pid_t server_postmaster(const char *data);

/* Runs the postmaster on a data folder until it answers. settings: further "-c" words, NULL at the end. */
struct server_launch {
    const struct server_place *place;
    const struct server_programs *programs;
    const char *data;
    int port;
    const char *const *settings;
    bool dies_with_us;
    server_progress_fn *progress;
    void *arg;
};
enum status server_launch(const struct server_launch *launch, struct error *error);

/* Ends the postmaster of a data folder, if there is one, and waits: SIGINT in good order, SIGQUIT at once. */
enum status server_shut_down(const char *data, int signal_number, struct error *error);

/* server_make.c: a new cluster with everything in it, complete or not at all. */
enum status server_make(const struct server_place *place, const struct server_programs *programs,
                        const struct server_options *options, struct error *error);
enum status server_update(const struct server_place *place, const struct server_options *options, struct error *error);

/* " -U name --encoding=UTF8 ...": how initdb makes a cluster like ours. */
void server_initdb_words(struct str *out);

/* The size that the demo was made with, heap, or NULL. */
char *server_made_size(const struct server_place *place);

/* server_worker.c: fn runs in a child process, as the account that the server runs as; its progress and error come
 * back. */
typedef enum status server_work_fn(const struct server_place *place, const struct server_options *options,
                                   struct error *error);
enum status server_worker(const struct server_place *place, const struct server_options *options, server_work_fn *fn,
                          struct error *error);

#endif
