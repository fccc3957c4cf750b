#include "tests/support/server.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "centurion/base/mem.h"

struct own_server {
    char folder[64];
    int port;
};

/* As the account that may run PostgreSQL. */
static void run(const struct own_server *server, const char *program, const char *args)
{
    const char *bin = getenv("PG_BINDIR"), *as = geteuid() == 0 ? "runuser -u postgres --" : "";
    cr_assert(bin, "PG_BINDIR is not set: run the tests with make check");
    char *line =
        mem_printf("cd %s && %s %s/%s -D data %s >>log 2>&1 </dev/null", server->folder, as, bin, program, args);
    int status = system(line);
    free(line);
    cr_assert_eq(status, 0, "%s %s; see %s/log", program, args, server->folder);
}

static void write_file(const struct own_server *server, const char *name, const char *mode, const char *text)
{
    char *path = mem_printf("%s/data/%s", server->folder, name);
    FILE *file = fopen(path, mode);
    cr_assert(file && fputs(text, file) >= 0 && fclose(file) == 0, "%s", path);
    free(path);
}

/* One that nobody listens at just now. */
static int find_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert_eq(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    cr_assert_eq(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    close(fd);
    return ntohs(address.sin_port);
}

void own_server_start(struct own_server *server)
{
    run(server, "pg_ctl", "-l server.log -w -t 60 start");
}

struct own_server *own_server_new(const char *hba)
{
    struct own_server *server = mem_alloc(sizeof *server);
    server->port = find_port();
    snprintf(server->folder, sizeof server->folder, "/tmp/centurion-own.XXXXXX");
    cr_assert(mkdtemp(server->folder));
    if (geteuid() == 0) {
        char *line = mem_printf("chown postgres %s", server->folder);
        cr_assert_eq(system(line), 0);
        free(line);
    }
    run(server, "initdb", "-U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions");
    char *settings =
        mem_printf("listen_addresses = '127.0.0.1'\nport = %d\nunix_socket_directories = '%s'\nfsync = off\n"
                   "max_connections = 10\nshared_buffers = 16MB\nautovacuum = off\n",
                   server->port, server->folder);
    write_file(server, "postgresql.conf", "a", settings);
    free(settings);
    if (hba)
        write_file(server, "pg_hba.conf", "w", hba);
    own_server_start(server);
    return server;
}

static int postmaster(const struct own_server *server)
{
    char *path = mem_printf("%s/data/postmaster.pid", server->folder);
    FILE *file = fopen(path, "r");
    int pid = 0;
    if (file) {
        if (fscanf(file, "%d", &pid) != 1)
            pid = 0;
        fclose(file);
    }
    free(path);
    return pid;
}

void own_server_signal(struct own_server *server, int signal_number)
{
    int pid = postmaster(server);
    cr_assert_gt(pid, 0);
    cr_assert_eq(kill(pid, signal_number), 0);
}

void own_server_kill(struct own_server *server)
{
    int pid = postmaster(server);
    if (!pid)
        return;
    kill(pid, SIGCONT);
    run(server, "pg_ctl", "-m immediate -w stop");
}

void own_server_free(struct own_server *server)
{
    char *line = mem_printf("rm -rf %s", server->folder);
    own_server_kill(server);
    cr_expect_eq(system(line), 0);
    free(line);
    free(server);
}

const char *own_server_folder(const struct own_server *server)
{
    return server->folder;
}

int own_server_port(const struct own_server *server)
{
    return server->port;
}

char *own_server_conninfo(const struct own_server *server, const char *more)
{
    return mem_printf("host=%s port=%d dbname=postgres %s", server->folder, server->port, more);
}
