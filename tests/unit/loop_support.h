/* Looks at how the loop calls poll(2). */
#ifndef CENTURION_TESTS_UNIT_LOOP_SUPPORT_H
#define CENTURION_TESTS_UNIT_LOOP_SUPPORT_H

#include "centurion/loop/loop.h"

int support_last_timeout(void); /* as given to the last poll(2) */
int support_last_ready(void);   /* what it returned */
int support_polls(void);        /* how many there were */

#endif
