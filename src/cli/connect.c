/* A connection for a verb. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/mem.h"
#include "verbs.h"

enum { READY_MS = 30000 };

static enum status get_ready(struct db *db, struct error *error)
{
    enum status status = db_wait_ready(db, READY_MS, error);
    char password[CLI_PASSWORD_MAX], question[96];
    snprintf(question, sizeof question, "Password of %s: ", db_user(db));
    while (status != STATUS_OK && db_state(db) == DB_PASSWORD && cli_ask_hidden(question, password)) {
        error_clear(error);
        db_password(db, password);
        mem_wipe(password, sizeof password);
        status = db_wait_ready(db, READY_MS, error);
    }
    return status;
}

/* What is under way is stopped, undone and told like any other failure. The second time ends the program. SIGTERM after SIGINT is
 * the same wish once more: what is asked since then ends in good order what was begun, and is not to be stopped. */
static void interrupt(void *arg, int signal_number)
{
    struct cli_session *session = arg;
    if (!session->stopped)
        db_interrupt(session->db);
    session->stopped = true;
    loop_on_signal(session->loop, signal_number, NULL, NULL);
}

static enum status open_session(const struct cli *cli, const char *argument, bool read_only,
                                struct cli_session *session, struct error *error)
{
    struct cli_target target = {0};
    *session = (struct cli_session){0};
    enum status status = cli_target(cli, argument, &target, NULL, error);
    if (status == STATUS_OK) {
        session->loop = loop_new();
        session->db = db_new(session->loop, target.conninfo, "centurion");
        db_set_read_only(session->db, read_only);
        db_open(session->db);
        status = get_ready(session->db, error);
        loop_on_signal(session->loop, SIGINT, interrupt, session);
        loop_on_signal(session->loop, SIGTERM, interrupt, session);
    }
    cli_target_fini(&target);
    return status;
}

enum status cli_connect(const struct cli *cli, const char *argument, struct cli_session *session, struct error *error)
{
    return open_session(cli, argument, false, session, error);
}

enum status cli_connect_reading(const struct cli *cli, const char *argument, struct cli_session *session,
                                struct error *error)
{
    return open_session(cli, argument, true, session, error);
}

void cli_disconnect(struct cli_session *session)
{
    if (session->db)
        db_free(session->db);
    if (session->loop)
        loop_free(session->loop);
}
