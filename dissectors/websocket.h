/* websocket.h - what HTTP hands on to after an upgrade. */
#ifndef DISSECTORS_WEBSOCKET_H
#define DISSECTORS_WEBSOCKET_H

#include "dissect/dissector.h"

extern const struct dissector websocket_dissector;

#endif
