#include "centurion/term/style.h"

#include <limits.h>

/* The levels of the 6x6x6 cube and xterm's 16 basic colours. Terminals differ in the basic ones; these are the middle. */
static const int cube_levels[6] = {0, 95, 135, 175, 215, 255};
static const int basic_colors[16] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
                                     0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};

static int color_distance(int a, int b)
{
    int red = ((a >> 16) & 255) - ((b >> 16) & 255);
    int green = ((a >> 8) & 255) - ((b >> 8) & 255);
    int blue = (a & 255) - (b & 255);
    return 3 * red * red + 6 * green * green + blue * blue; /* the eye weighs green most */
}

int color_of_256(int index)
{
    if (index < 16)
        return basic_colors[index];
    if (index < 232) {
        index -= 16;
        return cube_levels[index / 36] << 16 | cube_levels[index / 6 % 6] << 8 | cube_levels[index % 6];
    }
    int grey = 8 + 10 * (index - 232);
    return grey << 16 | grey << 8 | grey;
}

static int color_nearest(int rgb, int first, int last)
{
    int best = first, least = INT_MAX;
    for (int i = first; i <= last; i++) {
        int distance = color_distance(rgb, color_of_256(i));
        if (distance < least) {
            least = distance;
            best = i;
        }
    }
    return best;
}

int color_nearest_256(int rgb)
{
    return rgb == COLOR_DEFAULT ? COLOR_DEFAULT : color_nearest(rgb, 16, 255);
}

int color_nearest_16(int rgb)
{
    return rgb == COLOR_DEFAULT ? COLOR_DEFAULT : color_nearest(rgb, 0, 15);
}
