#include "tests/fuzz/monkey_cases.h"

#include <stddef.h>

const struct monkey_case monkey_cases[] = {
    {"a search that is given up leaves help", "coach", 80, 24, false, NULL, "? n escape settle j settle"},
    {"messages that come while they are shown", "monkey_nobody", 79, 23, false, NULL,
     ": m e s s a g e s enter settle = settle"},
    {"cohorts close while a timer runs", "coach", 80, 24, false, NULL, "g c settle j f5 settle escape settle pass:600"},
    {"members close while a timer runs", "coach", 120, 36, false, NULL, "g m settle j p settle escape settle pass:600"},
    {"back is pressed before the next record is there", "coach", 80, 24, false, NULL,
     "g m settle enter settle J escape settle"},
    {"a refresh is stopped", "coach", 80, 24, false, NULL, "g m settle f5 escape settle"},
    {"a period is gone to in the month", "admin", 80, 24, false, NULL,
     ": c a l e n d a r / 2 0 2 6 - 0 1 - 0 1 / m o n t h enter settle < settle"},
};
const int monkey_case_count = sizeof monkey_cases / sizeof monkey_cases[0];
