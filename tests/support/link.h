/* Helpers for tests of the link: waiting in turns, answers as values, a relay between program and server. */
#ifndef CENTURION_TESTS_LINK_H
#define CENTURION_TESTS_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "centurion/data/db.h"
#include "centurion/loop/loop.h"

/* Turns the loop until the condition holds; fails the test after a time that no machine needs. */
#define UNTIL(loop, condition)                                                                                         \
    do {                                                                                                               \
        int64_t until_end = loop_now(loop) + 60000;                                                                    \
        while (!(condition)) {                                                                                         \
            cr_assert_lt(loop_now(loop), until_end, "waited in vain for: %s", #condition);                             \
            loop_turn(loop, 1000);                                                                                     \
        }                                                                                                              \
    } while (0)

/* What came back for one query. */
struct answer {
    int count; /* how often the callback was called */
    enum status status;
    char sqlstate[6], text[480], hint[320], first[256]; /* first: the first cell */
    int rows;
    int64_t affected;
    int order; /* the how-manieth of all answers */
};
void answer_take(void *arg, const struct reply *reply); /* arg: struct answer */
db_ticket answer_ask(struct db *db, const struct query *query, const char *param, struct answer *answer);
struct answer answer_get(struct loop *loop, struct db *db, const struct query *query,
                         const char *param); /* waits for it */

/* The server that all tests share, and one loop with one connection to it. */
const char *test_server(void);
struct db *test_connect(struct loop *loop, const char *conninfo);

/* A socket that hands on to the server's, in the same loop. It can hold answers back, cut the link, and say things itself. */
struct relay;
struct relay *relay_new(struct loop *loop);
struct relay *relay_to(struct loop *loop, const char *socket); /* to another server's socket */
void relay_free(struct relay *relay);
char *relay_conninfo(const struct relay *relay); /* heap */

void relay_hold(struct relay *relay, bool hold);       /* answers stay here until it is let go */
void relay_cut(struct relay *relay);                   /* ends all connections */
void relay_cut_after(struct relay *relay, long bytes); /* of answers, on each connection from now on; -1: never */
/* Calls fn once, when exactly so many more bytes were handed on, of whatever connections: of requests or of answers. What comes behind
 * them is handed on after it, if it left the link alone. NULL: not any more. */
enum relay_way { RELAY_REQUESTS, RELAY_ANSWERS };
void relay_trip(struct relay *relay, enum relay_way way, long bytes, loop_fn *fn, void *arg);
void relay_trickle(struct relay *relay, size_t bytes); /* at most so many bytes of answers a turn; 0: all */
void relay_say(struct relay *relay, const void *bytes, size_t size); /* to the program, as if the server had */
void relay_mute(struct relay *relay, const void *bytes,
                size_t size);                  /* each connection gets this and its end; no server. NULL: as before */
int relay_accepted(const struct relay *relay); /* connections so far */
int relay_asked(const struct relay *relay,
                char type);                      /* messages of this type from the program: 'S' is Sync, 'P' Parse */
long relay_answered(const struct relay *relay);  /* bytes of answers handed on */
long relay_requested(const struct relay *relay); /* and of requests */

#endif
