/* Charts as pieces of text, so that surfaces and documents draw the same ones. */
#ifndef CENTURION_UI_CHART_EMIT_H
#define CENTURION_UI_CHART_EMIT_H

#include "centurion/ui/chart.h"

typedef void chart_emit_fn(void *arg, int row, int col, enum role role, const char *text);

/* As in chart.h; row and col count from the chart's own corner. */
void chart_emit_spark(int cols, enum role role, const double *values, int count, chart_emit_fn *emit, void *arg);
int chart_emit_heat(int cols, const char *days, chart_emit_fn *emit, void *arg);
void chart_emit_line(const struct chart *chart, int rows, int cols, enum role role, chart_emit_fn *emit, void *arg);

#endif
