#include "centurion/ui/window.h"

#include <stddef.h>

#include "centurion/term/term.h"

static int clamp(int value, int least, int most)
{
    return value > most ? most : value < least ? least : value;
}

struct surface window_open_at(const struct surface *surface, int top, int left, int rows, int cols, const char *title)
{
    struct surface frame = surface_sub(surface, top, left, rows, cols);
    frame = surface_on(&frame, GROUND_POPUP);
    surface_clear(&frame);
    int bottom = frame.rows - 1, right = frame.cols - 1;
    surface_hline(&frame, 0, 1, right - 1);
    surface_hline(&frame, bottom, 1, right - 1);
    surface_vline(&frame, 1, 0, bottom - 1);
    surface_vline(&frame, 1, right, bottom - 1);
    static const char *const corners[] = {"┌", "┐", "└", "┘"};
    for (int i = 0; i < 4; i++)
        surface_text(&frame, i / 2 ? bottom : 0, i % 2 ? right : 0, ROLE_RULE, term_ascii() ? "+" : corners[i], 1);
    if (title && *title && frame.cols > 8) {
        int used = surface_text(&frame, 0, 3, ROLE_STRONG, title, frame.cols - 6);
        surface_text(&frame, 0, 2, ROLE_RULE, " ", 1);
        surface_text(&frame, 0, 3 + used, ROLE_RULE, " ", 1);
    }
    return surface_sub(&frame, 1, 2, frame.rows - 2, frame.cols - 4);
}

struct surface window_open(const struct surface *surface, int rows, int cols, const char *title)
{
    rows = clamp(rows, 0, surface->rows);
    cols = clamp(cols, 0, surface->cols);
    return window_open_at(surface, (surface->rows - rows) / 2, (surface->cols - cols) / 2, rows, cols, title);
}
