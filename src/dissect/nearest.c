/* nearest.c - how far names are from each other, in letters. */
#include "dissect/nearest.h"

#include <string.h>

#include "dissect/registry.h"

enum { NAME_LIMIT = 80 };

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* How many characters must be put in, left out, changed or swapped with the next to make b of a. */
static unsigned edit_distance(const char *a, const char *b)
{
	unsigned rows[3][NAME_LIMIT + 1];
	unsigned *row = rows[0], *above = rows[1], *before = rows[2];
	unsigned columns = (unsigned)strlen(b);

	for (unsigned j = 0; j <= columns; j++)
		row[j] = j;
	for (unsigned i = 0; a[i]; i++) {
		unsigned *spare = before;
		before = above;
		above = row;
		row = spare;
		row[0] = i + 1;
		for (unsigned j = 0; j < columns; j++) {
			row[j + 1] =
				least(above[j] + (a[i] != b[j]), least(row[j], above[j + 1]) + 1);
			if (i && j && a[i] == b[j - 1] && a[i - 1] == b[j])
				row[j + 1] = least(row[j + 1], before[j - 1] + 1);
		}
	}
	return row[columns];
}

/* Puts a name among the nearest so far. */
static unsigned insert(const char *found[NEAREST_LIMIT], unsigned distances[NEAREST_LIMIT],
		       unsigned count, const char *name, unsigned distance)
{
	unsigned at = count < NEAREST_LIMIT ? count : NEAREST_LIMIT - 1;

	if (count == NEAREST_LIMIT && distances[at] <= distance)
		return count;
	for (; at && distances[at - 1] > distance; at--) {
		found[at] = found[at - 1];
		distances[at] = distances[at - 1];
	}
	found[at] = name;
	distances[at] = distance;
	return count < NEAREST_LIMIT ? count + 1 : count;
}

unsigned nearest_fields(const char *name, const char *found[NEAREST_LIMIT])
{
	unsigned distances[NEAREST_LIMIT], count = 0;
	size_t length = strlen(name);
	unsigned best = (unsigned)length / 3 + 2;

	if (length > NAME_LIMIT)
		return 0;
	for (unsigned n = 0; n < registry_field_count(); n++) {
		const char *abbrev = registry_field(n)->abbrev;
		size_t other = strlen(abbrev);
		if (other > NAME_LIMIT || other >= length + best || length >= other + best)
			continue;
		unsigned distance = edit_distance(name, abbrev);
		if (distance < best)
			count = insert(found, distances, count, abbrev, distance);
	}
	/* Names farther than the nearest are no help. */
	while (count > 1 && distances[count - 1] > distances[0])
		count--;
	return count;
}
