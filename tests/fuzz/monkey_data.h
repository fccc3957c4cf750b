/* The databases of the monkey: one that is made once, and clones of it for each episode, whose changes are held against the audit log. */
#ifndef CENTURION_TESTS_MONKEY_DATA_H
#define CENTURION_TESTS_MONKEY_DATA_H

/* The demonstration's data on a clock that stands still, and who may not come in. */
void monkey_data_make(void);
void monkey_data_drop(void);

/* Anew from the first. */
void monkey_data_clone(const char *name);

/* Heap: every fault in words, a line each; "" when all that login did is in the log. *changes gets how many there are. */
char *monkey_data_faults(const char *name, const char *login, int *changes);

#endif
