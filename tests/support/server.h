/* A PostgreSQL server for one test, which may stop, freeze and kill it. */
#ifndef CENTURION_TESTS_SERVER_H
#define CENTURION_TESTS_SERVER_H

struct own_server;

/* Makes and starts one. hba: pg_hba.conf, NULL: everybody is trusted. It listens on a socket in a folder of its own and on a port of
 * 127.0.0.1. */
struct own_server *own_server_new(const char *hba);
void own_server_free(struct own_server *server);
void own_server_start(struct own_server *server);
void own_server_kill(struct own_server *server); /* at once, without a word to the disk; it comes back by recovery */
void own_server_signal(struct own_server *server, int signal_number); /* to the postmaster */
const char *own_server_folder(const struct own_server *server);
int own_server_port(const struct own_server *server);
char *own_server_conninfo(const struct own_server *server, const char *more); /* heap */

#endif
