/* The table of screens. A new screen is a file and a row here. */
#include <stddef.h>

#include "centurion/screens/screen.h"

const struct screen_ops *const screens_all[] = {
    &review_screen, &review_as_screen, &calendar_screen, &checkin_screen, &cohort_screen,  &cohorts_screen,
    &member_screen, &members_screen,   &admin_screen,    &client_screen,  &entries_screen, &notes_screen,
    NULL,
};
