/* interface_list.c - counters from /sys/class/net, a sample per second. */
#include "ui/interface_list.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

enum { SECOND = 1000000000 };

/* The first word of one of the system's files about an interface. */
static bool read_word(const char *interface, const char *file, char *text, size_t room)
{
	char path[200];

	if (strchr(interface, '/') || interface[0] == '.')
		return false;
	snprintf(path, sizeof path, "/sys/class/net/%.64s/%s", interface, file);
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return false;
	ssize_t n = read(fd, text, room - 1);

	close(fd);
	if (n <= 0)
		return false;
	text[n] = 0;
	text[strcspn(text, " \n")] = 0;
	return true;
}

static bool read_counter(const char *interface, const char *counter, uint64_t *value)
{
	char file[64], text[32];

	snprintf(file, sizeof file, "statistics/%s", counter);
	if (!read_word(interface, file, text, sizeof text))
		return false;
	*value = strtoull(text, NULL, 10);
	return true;
}

static bool read_traffic(const char *interface, uint64_t *packets, uint64_t *bytes)
{
	uint64_t in = 0, out = 0, bytes_in = 0, bytes_out = 0;

	if (!read_counter(interface, "rx_packets", &in) ||
	    !read_counter(interface, "tx_packets", &out) ||
	    !read_counter(interface, "rx_bytes", &bytes_in) ||
	    !read_counter(interface, "tx_bytes", &bytes_out))
		return false;
	*packets = in + out;
	*bytes = bytes_in + bytes_out;
	return true;
}

/* Of ARPHRD_ numbers (Linux's if_arp.h). */
static const char *hardware_name(long type)
{
	static const struct {
		long type;
		const char *name;
	} names[] = {
		{ 1, "Ethernet" },	{ 512, "PPP" },
		{ 772, "loopback" },	{ 776, "IPv6 in IPv4" },
		{ 768, "IP in IP" },	{ 778, "GRE" },
		{ 801, "IEEE 802.11" }, { 803, "IEEE 802.11, monitored" },
		{ 65534, "tunnel" },
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (names[i].type == type)
			return names[i].name;
	return "";
}

void interface_details(const char *name, char *text, size_t room)
{
	char word[64];
	size_t used = (size_t)snprintf(text, room, "%s", name);

	if (used < room && read_word(name, "type", word, sizeof word))
		used += (size_t)snprintf(text + used, room - used, "   %s",
					 hardware_name(strtol(word, NULL, 10)));
	if (used < room && read_word(name, "address", word, sizeof word))
		used += (size_t)snprintf(text + used, room - used, "   %s", word);
	/* -1 where nothing is plugged in, and for what has no speed. */
	if (used < room && read_word(name, "speed", word, sizeof word) && word[0] != '-')
		used += (size_t)snprintf(text + used, room - used, "   %s Mbit/s", word);
	if (used < room && read_word(name, "mtu", word, sizeof word))
		used += (size_t)snprintf(text + used, room - used, "   MTU %s", word);
	if (used < room && read_word(name, "operstate", word, sizeof word))
		snprintf(text + used, room - used, "   %s", word);
}

void interface_list_free(struct interface_list *list)
{
	free(list->interfaces);
	free(list->traffic);
	*list = (struct interface_list){ 0 };
}

/* What was counted stays with interfaces that were there before. */
static void carry_over(struct interface_list *list, const struct interface_list *old)
{
	for (unsigned i = 0; i < list->count; i++)
		for (unsigned j = 0; j < old->count; j++)
			if (!strcmp(list->interfaces[i].name, old->interfaces[j].name))
				list->traffic[i] = old->traffic[j];
}

void interface_list_refresh(struct interface_list *list)
{
	struct interface_list new = { .read_at = list->read_at };

	new.interfaces = live_interfaces(&new.count, &new.error);
	if (!new.interfaces)
		new.count = 0;
	new.traffic = must_zeroed(new.count + 1, sizeof *new.traffic);
	for (unsigned i = 0; i < new.count; i++) {
		struct interface_traffic *t = &new.traffic[i];

		t->counted = read_traffic(new.interfaces[i].name, &t->packets, &t->bytes);
	}
	carry_over(&new, list);
	interface_list_free(list);
	*list = new;
}

static void add_sample(struct interface_traffic *t, uint64_t packets, uint64_t bytes, int64_t span)
{
	uint64_t grown = packets > t->packets ? packets - t->packets : 0;
	uint64_t bytes_grown = bytes > t->bytes ? bytes - t->bytes : 0;

	t->packet_rate = grown * SECOND / (uint64_t)span;
	t->bit_rate = (uint64_t)((double)bytes_grown * 8 * SECOND / (double)span);
	t->packets = packets;
	t->bytes = bytes;
	memmove(t->samples + 1, t->samples, sizeof t->samples - sizeof t->samples[0]);
	t->samples[0] = t->packet_rate > UINT32_MAX ? UINT32_MAX : (uint32_t)t->packet_rate;
}

void interface_list_count(struct interface_list *list, int64_t now)
{
	int64_t span = now - list->read_at;

	if (list->read_at && span < SECOND)
		return;
	for (unsigned i = 0; i < list->count; i++) {
		uint64_t packets, bytes;

		if (!list->traffic[i].counted ||
		    !read_traffic(list->interfaces[i].name, &packets, &bytes))
			continue;
		add_sample(&list->traffic[i], packets, bytes, list->read_at ? span : SECOND);
	}
	if (!list->read_at) /* the first is a beginning, not a rate */
		for (unsigned i = 0; i < list->count; i++)
			list->traffic[i].packet_rate = list->traffic[i].bit_rate =
				list->traffic[i].samples[0] = 0;
	list->read_at = now;
}

bool is_capture_name(const char *name)
{
	static const char *const ends[] = { ".pcap",	 ".pcapng",	".cap",	     ".ntar",
					    ".pcap.gz",	 ".pcapng.gz",	".pcap.zst", ".pcapng.zst",
					    ".pcap.lz4", ".pcapng.lz4", ".dmp" };
	size_t length = strlen(name);

	for (unsigned i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		size_t n = strlen(ends[i]);

		if (length > n && !strcmp(name + length - n, ends[i]))
			return true;
	}
	return false;
}

static int later_first(const void *a, const void *b)
{
	const struct capture_choice *x = a, *y = b;

	if (x->changed != y->changed)
		return x->changed < y->changed ? 1 : -1;
	return strcmp(x->name, y->name);
}

struct capture_choice *capture_choices(const char *folder, unsigned limit, unsigned *count)
{
	DIR *dir = opendir(folder);
	struct capture_choice *choices = NULL;
	unsigned room = 0;
	struct dirent *entry;

	*count = 0;
	while (dir && (entry = readdir(dir)) && *count < 10000) {
		struct stat info;

		if (!is_capture_name(entry->d_name) ||
		    fstatat(dirfd(dir), entry->d_name, &info, 0) || !S_ISREG(info.st_mode))
			continue;
		if (*count == room) {
			room = room ? 2 * room : 32;
			choices = must_resize(choices, room, sizeof *choices);
		}
		struct capture_choice *choice = &choices[(*count)++];

		snprintf(choice->name, sizeof choice->name, "%s", entry->d_name);
		choice->bytes = (uint64_t)info.st_size;
		choice->changed = info.st_mtime;
	}
	if (dir)
		closedir(dir);
	if (*count)
		qsort(choices, *count, sizeof *choices, later_first);
	if (*count > limit)
		*count = limit;
	return choices;
}
