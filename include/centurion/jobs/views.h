/* Saved views: a filter, an order and columns of a list under a name. A file of the account's own in the state folder, views.json, 0600,
 * because filters name people:
 *   {"version": 1, "views": [{"login": "gav", "list": "members", "name": "December", "filter": "cohort:dec", "sort": "-last name",
 *    "columns": "name last"}]}
 * Each change reads the file anew under a lock and replaces it as a whole, so programs that run at once lose none of each other's views.
 * A file that cannot be read is never overwritten. */
#ifndef CENTURION_JOBS_VIEWS_H
#define CENTURION_JOBS_VIEWS_H

#include "centurion/base/error.h"

enum {
    VIEW_NAME_MAX = 48 /* bytes */,
    VIEWS_MAX = 30 /* of a login, for a list: as many as a window has letters for */
};

/* sort: names of columns, "-" before those that go down. Each of the three may be "": none, the order of the source, the usual columns. */
struct saved_view {
    char *name, *filter, *sort, *columns;
};

/* Those of a login for a list, by name, capitals or not; none and no error where there is no file. views_free() takes them back. */
struct saved_view *views_read(const char *login, const char *list, int *count, struct error *error);
void views_free(struct saved_view *views, int count);

/* Adds it, or puts it in the place of the one of its name. A file that makes no sense is put aside first, under the name that *aside gets
 * (heap; else NULL). */
enum status views_save(const char *login, const char *list, const struct saved_view *view, char **aside,
                       struct error *error);

/* Fails if there is none of the name. */
enum status views_remove(const char *login, const char *list, const char *name, struct error *error);

#endif
