/* A studio of people, cohorts, memberships and coaches, made from a seed, some of them deleted; and who sees what of it, as the text of the
 * rules has it. Nothing here calls what the database itself decides with.
 *
 *   own cohorts    of a coach: assigned to and not deleted; of a client: ACTIVE or PAUSED member of and not deleted
 *   own clients    of a coach: ACTIVE or PAUSED members of own cohorts, not deleted
 *   deleted        people and cohorts, and what is about them, are in no view
 *   logins         that are disabled or whose person is deleted see nothing
 *
 * People and cohorts are known by their places in the studio. */
#ifndef CENTURION_TESTS_STUDIO_H
#define CENTURION_TESTS_STUDIO_H

#include <stdbool.h>
#include <stdint.h>

enum { ADMINS = 2, COACHES = 7, PEOPLE = 40, COHORTS = 9 };
enum role { ADMIN, COACH, CLIENT };
enum membership { NO_MEMBER, ACTIVE, PAUSED, INACTIVE };

struct studio {
    unsigned base; /* added to every number, so that studios do not meet */
    uint64_t chance;
    struct {
        enum role role;
        bool deleted, disabled;
    } people[PEOPLE];
    struct {
        bool deleted;
        unsigned state;
    } cohorts[COHORTS];
    enum membership member[COHORTS][PEOPLE];
    bool coached[COHORTS][PEOPLE];
};

void studio_make(struct studio *studio, unsigned seed);

bool stands_for_somebody(const struct studio *studio, int viewer);

/* Whose a table's rows are, as "who may do what" has it for coaches and clients; administrators see all. */
enum whose {
    OF_PEOPLE,      /* coach: of own clients; client: own */
    OF_PAYERS,      /* coach: none; client: own */
    OF_ATTENDEES,   /* coach: all; client: own */
    ABOUT_PEOPLE,   /* coach: of own clients; client: none */
    OF_COHORTS,     /* own cohorts' */
    ABOUT_COHORTS,  /* coach: own cohorts'; client: none */
    OF_MEMBERS,     /* coach: own cohorts'; client: own */
    REVIEWS,        /* coach: own; client: none */
    ACTIONS,        /* likewise, and whatever is deleted stays in the log */
    ADMINISTRATORS, /* nobody else's */
    EVERYBODYS,
};

struct row {
    int person, cohort, actor; /* whom it is about and who wrote it; -1: nobody */
};

bool may_see(const struct studio *studio, int viewer, enum whose whose, const struct row *row);

/* What gates show, to coaches and administrators: whose weeks are in the review queue, whose page can be opened, which cohorts are listed and
 * found, and which members a cohort's heat-map has. */
bool may_queue(const struct studio *studio, int viewer, int person);
bool may_open(const struct studio *studio, int viewer, int person);
bool may_list(const struct studio *studio, int viewer, int cohort);
bool may_find(const struct studio *studio, int viewer, int cohort);
bool may_warm(const struct studio *studio, int viewer, int cohort, int person);

#endif
