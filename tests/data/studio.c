#include "tests/data/studio.h"

/* Below a bound. */
static unsigned chance(struct studio *studio, unsigned bound)
{
    studio->chance ^= studio->chance << 13;
    studio->chance ^= studio->chance >> 7;
    studio->chance ^= studio->chance << 17;
    return (unsigned)((studio->chance >> 20) % bound);
}

void studio_make(struct studio *studio, unsigned seed)
{
    *studio = (struct studio){.base = seed * 100000, .chance = UINT64_C(0x9E3779B97F4A7C15) * (seed + 1)};
    for (int p = 0; p < PEOPLE; p++) {
        studio->people[p].role = p < ADMINS ? ADMIN : p < ADMINS + COACHES ? COACH : CLIENT;
        studio->people[p].deleted = p > 0 && chance(studio, 8) == 0;
        studio->people[p].disabled = p > 0 && chance(studio, 10) == 0;
    }
    for (int c = 0; c < COHORTS; c++) {
        studio->cohorts[c].deleted = chance(studio, 5) == 0;
        studio->cohorts[c].state = chance(studio, 5) > 1 ? 0 : chance(studio, 3);
        for (int p = 0; p < PEOPLE; p++) {
            if (studio->people[p].role == CLIENT)
                studio->member[c][p] = chance(studio, 4) == 0 ? ACTIVE + chance(studio, 3) : NO_MEMBER;
            else
                studio->coached[c][p] = chance(studio, studio->people[p].role == COACH ? 4 : 9) == 0;
        }
    }
}

static bool is_own_cohort(const struct studio *studio, int viewer, int cohort)
{
    if (studio->cohorts[cohort].deleted)
        return false;
    if (studio->people[viewer].role == CLIENT)
        return studio->member[cohort][viewer] == ACTIVE || studio->member[cohort][viewer] == PAUSED;
    return studio->coached[cohort][viewer];
}

static bool is_own_client(const struct studio *studio, int coach, int person)
{
    for (int c = 0; c < COHORTS && !studio->people[person].deleted; c++)
        if (is_own_cohort(studio, coach, c) &&
            (studio->member[c][person] == ACTIVE || studio->member[c][person] == PAUSED))
            return true;
    return false;
}

bool stands_for_somebody(const struct studio *studio, int viewer)
{
    return !studio->people[viewer].deleted && !studio->people[viewer].disabled;
}

bool may_see(const struct studio *studio, int viewer, enum whose whose, const struct row *row)
{
    enum role role = studio->people[viewer].role;
    bool coach = role == COACH;
    if (!stands_for_somebody(studio, viewer))
        return false;
    if (whose != ACTIONS && ((row->person >= 0 && studio->people[row->person].deleted) ||
                             (row->cohort >= 0 && studio->cohorts[row->cohort].deleted)))
        return false;
    if (role == ADMIN)
        return true;
    switch (whose) {
    case OF_PEOPLE:
        return coach ? is_own_client(studio, viewer, row->person) : row->person == viewer;
    case OF_PAYERS:
        return !coach && row->person == viewer;
    case OF_ATTENDEES:
        return coach || row->person == viewer;
    case ABOUT_PEOPLE:
        return coach && is_own_client(studio, viewer, row->person);
    case OF_COHORTS:
        return is_own_cohort(studio, viewer, row->cohort);
    case ABOUT_COHORTS:
        return coach && is_own_cohort(studio, viewer, row->cohort);
    case OF_MEMBERS:
        return coach ? is_own_cohort(studio, viewer, row->cohort) : row->person == viewer;
    case REVIEWS:
    case ACTIONS:
        return coach && row->actor == viewer;
    case ADMINISTRATORS:
        return false;
    case EVERYBODYS:
        return true;
    }
    return false;
}

bool may_queue(const struct studio *studio, int viewer, int person)
{
    for (int c = 0; c < COHORTS && !studio->people[person].deleted; c++)
        if (studio->coached[c][viewer] && !studio->cohorts[c].deleted && studio->cohorts[c].state == 0 &&
            studio->member[c][person] == ACTIVE)
            return true;
    return false;
}

bool may_open(const struct studio *studio, int viewer, int person)
{
    return studio->people[viewer].role == ADMIN ? !studio->people[person].deleted
                                                : is_own_client(studio, viewer, person);
}

bool may_list(const struct studio *studio, int viewer, int cohort)
{
    return !studio->cohorts[cohort].deleted && studio->cohorts[cohort].state != 2 &&
           (studio->people[viewer].role == ADMIN || is_own_cohort(studio, viewer, cohort));
}

bool may_find(const struct studio *studio, int viewer, int cohort)
{
    return !studio->cohorts[cohort].deleted &&
           (studio->people[viewer].role == ADMIN || is_own_cohort(studio, viewer, cohort));
}

bool may_warm(const struct studio *studio, int viewer, int cohort, int person)
{
    return may_find(studio, viewer, cohort) && !studio->people[person].deleted &&
           (studio->member[cohort][person] == ACTIVE || studio->member[cohort][person] == PAUSED);
}
