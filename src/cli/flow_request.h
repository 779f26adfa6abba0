/* flow_request.h - what -z flow is asked for: MODE[,FILTER]. */
#ifndef CLI_FLOW_REQUEST_H
#define CLI_FLOW_REQUEST_H

#include <stdbool.h>

#include "base/error.h"
#include "filter/filter.h"

struct flow_request {
	bool any_address;      /* network: the last layer's; else of hosts only */
	struct filter *filter; /* NULL: none */
};

#define FLOW_ARGUMENTS ",standard|,network[,FILTER]"

bool flow_request_read(struct flow_request *request, const char *arguments, struct error *error);

#endif
