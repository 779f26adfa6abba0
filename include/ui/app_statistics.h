/* app_statistics.h - what is counted and found behind the screen. */
#ifndef UI_APP_STATISTICS_H
#define UI_APP_STATISTICS_H

#include "ui/app.h"

/* The worst finding of a packet, as far as is known. */
enum expert_severity app_severity(const struct app *app, uint32_t packet);
void app_show_findings(struct app *app);
/* Is there more to find?  When it may be looked for. */
int64_t app_findings_time(const struct app *app);
void app_find_more(struct app *app);
void app_show_statistics(struct app *app, enum statistics_tab tab);
void app_statistics_end(struct app *app);
/* Counts what the tab shows, from the first packet on. */
void app_begin_counting(struct app *app);
/* Only packets that pass the filter count, or all. */
void app_limit_statistics(struct app *app);
int64_t app_statistics_time(const struct app *app);
void app_count_more(struct app *app);
/* Opens one of its tabs. */
bool app_act_on_statistics(struct app *app, enum action action);
/* Of what was counted: a table or the graph. */
enum view_id app_statistics_view(const struct app *app);

#endif
