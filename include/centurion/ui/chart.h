/* Small pictures of numbers: sparkline, day heat-map, line chart in braille with axes and a plain fallback. */
#ifndef CENTURION_UI_CHART_H
#define CENTURION_UI_CHART_H

#include "centurion/term/surface.h"

/* values: NAN is a gap, drawn as a blank (sparkline) or a break (line). Scaled from the least to the greatest; all
 * equal: middle. When there are more values than columns, the last ones are shown. */
void chart_spark(const struct surface *surface, int row, int col, int cols, enum role role, const double *values,
                 int count);

/* One code a day: '2' complete █ good, '1' partial ▒ warn, '0' none · dim, 'p' paused ○ dim, ' ' outside the
 * membership. When there are more days than columns, the last ones are shown. Returns the columns taken. */
int chart_heat(const struct surface *surface, int row, int col, int cols, const char *days);

struct chart {
    const double *values;
    int count;
    const char *first_label, *last_label; /* at the ends of the x axis; may be NULL */
    int decimals;                         /* of the y labels */
    int label_cols;                       /* at least so wide: charts below each other line up */
    const char *marks; /* a bit set of enum chart_mark for each value, as a character from '0' on; NULL: none */
};

/* What happened on a day, shown on the x axis: a note, a session, both; labels go before them. */
enum chart_mark { CHART_MARK_NOTE = 1, CHART_MARK_SESSION = 2 };
const char *chart_mark_glyph(int marks); /* of such a set: ◆ ┴ ◈, in the plain set * ' @ */

/* A line chart that fills the surface (at least 3 rows, the x axis included), y labels at the least and the greatest
 * value. Gaps break the line. */
void chart_line(const struct surface *surface, const struct chart *chart, enum role role);

#endif
