/* The language of filters: word, column:value, column:>=n, a|b, !x, "two words"; all terms apply. */
#ifndef CENTURION_SCREENS_LIST_FILTER_H
#define CENTURION_SCREENS_LIST_FILTER_H

#include "list.h"

struct list_filter;
enum { LIST_FILTER_ERROR = 160 };

/* NULL, with what is wrong in error. An empty text lets everything through. */
struct list_filter *list_filter_parse(const char *text, const struct list_column *columns, int count,
                                      char error[LIST_FILTER_ERROR]);
void list_filter_free(struct list_filter *filter);
bool list_filter_passes(const struct list_filter *filter, const struct list_source *source, int row);

/* A column by its id, or a beginning that fits one only; -1: none. */
int list_find_column(const struct list_column *columns, int count, const char *name, size_t length);

#endif
