/* event_loop.h - waits for keys, signals, packets and time, and shows what came of them. */
#ifndef UI_EVENT_LOOP_H
#define UI_EVENT_LOOP_H

#include "ui/app.h"
#include "ui/tabs.h"
#include "ui/terminal.h"

/* Until all tabs are left, or the terminal is gone. */
void event_loop(struct tabs *tabs, struct terminal *terminal, int signals);

#endif
