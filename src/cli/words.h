/* Words that people mistype, and lists of words in tables. */
#ifndef CENTURION_CLI_WORDS_H
#define CENTURION_CLI_WORDS_H

#include <stdbool.h>

/* How many letters must be typed, dropped, changed or exchanged with their neighbour to make one of the other. */
int words_distance(const char *a, const char *b);

/* Is `other` near enough to `word` to be what was meant? About one letter in three may be wrong. */
bool words_near(const char *word, const char *other);

/* Place of word in a list such as "auto, none, 16" or "demo|local" (marks are the characters between words); -1 when it
 * is not there. */
int words_index(const char *list, const char *marks, const char *word);

#endif
