/* flow_request.c - standard or network, and a display filter. */
#include "flow_request.h"

#include <string.h>

#include "filters.h"

bool flow_request_read(struct flow_request *request, const char *arguments, struct error *error)
{
	size_t n = strcspn(arguments, ",");

	*request =
		(struct flow_request){ .any_address = n == 7 && !strncmp(arguments, "network", n) };
	if (!request->any_address && (n != 8 || strncmp(arguments, "standard", n) != 0))
		return error_set(error,
				 "-z flow draws standard or network addresses, as in "
				 "-z flow,tcp,network: \"%s\"",
				 arguments);
	if (!arguments[n])
		return true;
	request->filter = filter_argument(arguments + n + 1, error);
	return request->filter != NULL;
}
