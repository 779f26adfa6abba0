/* test_live_capture.c - the helper on a loopback interface of our own, in a namespace.
 *
 * Needs no root where users may make namespaces; elsewhere it is skipped. */
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "capture/capture_file.h"
#include "capture/live_capture.h"
#include "support/unit_test.h"

enum { PORT = 4711, PATIENCE_MS = 10000 };

struct place {
	char folder[40];
	char file[60];
	bool ready;
};

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, text, strlen(text)) < 0)
		perror(path);
	close(fd);
}

/* A network of our own, as root or as the root of a user namespace. */
static bool enter_namespace(void)
{
	char map[64];
	unsigned uid = geteuid(), gid = getegid();

	if (unshare(CLONE_NEWNET) == 0)
		return true;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
		return false;
	write_text("/proc/self/setgroups", "deny");
	snprintf(map, sizeof map, "0 %u 1", gid);
	write_text("/proc/self/gid_map", map);
	snprintf(map, sizeof map, "0 %u 1", uid);
	write_text("/proc/self/uid_map", map);
	return true;
}

static bool set_up(const char *interface, bool up)
{
	struct ifreq request = { .ifr_flags = (short)(up ? IFF_UP : 0) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	snprintf(request.ifr_name, sizeof request.ifr_name, "%s", interface);
	bool done = ioctl(fd, SIOCSIFFLAGS, &request) == 0;
	close(fd);
	return done;
}

static int arrive(void **state)
{
	struct place *place = calloc(1, sizeof *place);
	char path[5000], here[4000];

	strcpy(place->folder, "peel-live-XXXXXX");
	if (!mkdtemp(place->folder) || !getcwd(here, sizeof here))
		return -1;
	snprintf(place->file, sizeof place->file, "%s/out.pcapng", place->folder);
	snprintf(path, sizeof path, "%s:%s", here, getenv("PATH") ? getenv("PATH") : "");
	setenv("PATH", path, 1);
	snprintf(path, sizeof path, "%s/%s", here, place->folder);
	setenv("XDG_CACHE_HOME", path, 1);
	place->ready = access("peel-capture", X_OK) == 0 && enter_namespace() && set_up("lo", true);
	if (!place->ready)
		print_message("# no helper or no namespace: skipped\n");
	*state = place;
	return 0;
}

static int leave(void **state)
{
	struct place *place = *state;
	char path[100];

	unlink(place->file);
	snprintf(path, sizeof path, "%s/peel/live", place->folder);
	rmdir(path);
	snprintf(path, sizeof path, "%s/peel", place->folder);
	rmdir(path);
	int result = rmdir(place->folder);      /* fails if anything was left behind */
	free(place);
	return result;
}

static const struct place *here(void **state)
{
	const struct place *place = *state;

	if (!place->ready)
		skip();
	return place;
}

static void send_numbers(unsigned first, unsigned count)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(PORT),
				  .sin_addr = { htonl(INADDR_LOOPBACK) } };

	for (unsigned i = first; i < first + count; i++) {
		int fd = socket(AF_INET, SOCK_DGRAM, 0);        /* refused answers stay with the socket */

		assert_int_equal(sendto(fd, &i, sizeof i, 0, (struct sockaddr *)&to, sizeof to), sizeof i);
		close(fd);
	}
}

static void send_packets(unsigned count)
{
	send_numbers(0, count);
}

static struct live_options on_loopback(const char *path)
{
	return (struct live_options){ .interfaces = { "lo" }, .filters = { "udp port 4711" },
				      .interface_count = 1, .write_path = path };
}

static void start(struct live_capture *live, const struct live_options *options)
{
	struct error error = { "" };

	if (!live_capture_start(live, options, &error))
		fail_msg("%s", error.text);
	assert_true(live->pid > 0);
}

static void wait_for_end(struct live_capture *live)
{
	time_t begin = time(NULL);

	while (live_capture_poll(live)) {
		struct pollfd news = { .fd = live->news, .events = POLLIN };

		poll(&news, 1, 100);
		assert_true(time(NULL) - begin < PATIENCE_MS / 1000);
	}
	assert_true(live->ended);
}

/* How many packets the file holds; their last four bytes count up. */
static unsigned packets_in(const char *path, struct capture_interface *first)
{
	struct error error;
	struct capture_file *file = capture_file_open(path, &error);
	struct record record;
	const uint8_t *bytes;
	unsigned count = 0, number;

	assert_non_null(file);
	while (capture_file_next(file, true, &record, &bytes) == RECORD_OK) {
		memcpy(&number, bytes + record.captured - sizeof number, sizeof number);
		assert_int_equal(number, count);
		count++;
	}
	assert_string_equal(capture_file_problem(file), "");
	if (first) {
		assert_string_equal(capture_file_interface(file, 0)->name, "lo");
		assert_string_equal(capture_file_interface(file, 0)->filter, "udp port 4711");
		assert_int_equal(capture_file_interface(file, 0)->link_type, 1);
		*first = *capture_file_interface(file, 0);
	}
	capture_file_close(file);
	return count;
}

static void loses_nothing_when_stopped_at_once(void **state)
{
	const struct place *place = here(state);
	struct live_options options = on_loopback(place->file);
	struct capture_interface first;
	struct live_capture live;

	start(&live, &options);
	send_packets(50);
	live_capture_stop(&live);
	wait_for_end(&live);
	assert_string_equal(live.problem.text, "");
	assert_int_equal(live.counts.written, 50);
	assert_int_equal(live.counts.dropped_kernel, 0);
	assert_int_equal(packets_in(place->file, &first), 50);
	assert_true(first.received >= 50 && first.dropped == 0);
	live_capture_close(&live);
	assert_int_equal(access(place->file, F_OK), 0);
}

static void file_grows_while_capturing(void **state)
{
	const struct place *place = here(state);
	struct live_options options = on_loopback(place->file);
	struct live_capture live;
	struct record record;
	const uint8_t *bytes;
	struct error error;
	unsigned count = 0;

	start(&live, &options);
	struct capture_file *file = capture_file_open(live.path, &error);
	assert_non_null(file);
	assert_int_equal(capture_file_next(file, false, &record, &bytes), RECORD_NONE);
	for (int round = 0; round < 3; round++) {
		send_packets(10);
		for (int i = 0; i < PATIENCE_MS / 10 && count < 10 * (unsigned)(round + 1); i++) {
			while (capture_file_next(file, false, &record, &bytes) == RECORD_OK)
				count++;
			poll(NULL, 0, 10);
		}
		assert_int_equal(count, 10 * (round + 1));
	}
	for (int i = 0; i < 100 && live.counts.written < 30; i++) {
		assert_true(live_capture_poll(&live));
		poll(NULL, 0, 50);
	}
	assert_int_equal(live.counts.written, 30);
	capture_file_close(file);
	live_capture_close(&live);
}

static void stops_at_the_packet_limit(void **state)
{
	const struct place *place = here(state);
	struct live_options options = on_loopback(place->file);
	struct live_capture live;

	options.packet_limit = 7;
	start(&live, &options);
	send_packets(20);
	wait_for_end(&live);
	assert_int_equal(live.counts.written, 7);
	assert_int_equal(live.counts.lost_silently, 0);
	assert_int_equal(packets_in(place->file, NULL), 7);
	live_capture_close(&live);
}

static void stops_when_the_time_is_over(void **state)
{
	const struct place *place = here(state);
	struct live_options options = on_loopback(place->file);
	struct live_capture live;

	options.duration_ns = 200000000;
	start(&live, &options);
	wait_for_end(&live);
	assert_string_equal(live.problem.text, "");
	assert_int_equal(packets_in(place->file, NULL), 0);
	live_capture_close(&live);
}

static void temporary_file_is_private_and_goes_away(void **state)
{
	here(state);
	struct live_options options = on_loopback(NULL);
	struct live_capture live;
	struct stat status;
	char path[4096];

	start(&live, &options);
	strcpy(path, live.path);
	assert_true(live.temporary);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	live_capture_close(&live);
	assert_int_equal(access(path, F_OK), -1);
	live_capture_close(&live);
}

static void expect_failure(const struct live_options *options, const char *says)
{
	struct live_capture live;
	struct error error = { "" };

	assert_false(live_capture_start(&live, options, &error));
	if (!strstr(error.text, says))
		fail_msg("\"%s\" lacks \"%s\"", error.text, says);
}

static void says_why_it_cannot_start(void **state)
{
	const struct place *place = here(state);
	struct live_options options = on_loopback(place->file);

	options.interfaces[0] = "eth9";
	expect_failure(&options, "no interface \"eth9\". There are: ");
	options.interfaces[0] = "lo";
	options.filters[0] = "tcpp";
	expect_failure(&options, "syntax error at character 1 (\"tcpp\")");
	options.filters[0] = NULL;
	options.link_type = "NONSENSE";
	expect_failure(&options, "no link type \"NONSENSE\"");
	options.link_type = NULL;
	options.write_path = "no-such-folder/x";
	expect_failure(&options, "cannot write \"no-such-folder/x\"");
	options.write_path = "/dev/null";
	expect_failure(&options, "it is no ordinary file");
	assert_int_equal(access(place->file, F_OK), -1);
}

static void failed_start_leaves_the_old_file(void **state)
{
	const struct place *place = here(state);
	struct live_options options = on_loopback(place->file);
	struct stat status;

	close(open(place->file, O_CREAT | O_WRONLY, 0600));
	write_text(place->file, "precious");
	options.interfaces[0] = "eth9";
	expect_failure(&options, "no interface");
	assert_int_equal(stat(place->file, &status), 0);
	assert_int_equal(status.st_size, 8);
}

static void lack_of_rights_names_the_command(void **state)
{
	const struct place *place = here(state);
	struct live_options options = on_loopback(place->file);
	struct live_capture live;
	struct error error = { "" };
	int status;

	pid_t child = fork();
	if (!child) {
		prctl(PR_CAPBSET_DROP, CAP_NET_RAW, 0, 0, 0);
		if (live_capture_start(&live, &options, &error))
			_exit(1);
		_exit(!strstr(error.text, "sudo setcap cap_net_raw,cap_net_admin+eip /") ||
		      !strstr(error.text, "/peel-capture"));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* Field NAME of /proc/PID/status. */
static void expect_status_line(int pid, const char *line)
{
	char path[40], text[4096];
	size_t n;

	snprintf(path, sizeof path, "/proc/%d/status", pid);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	n = fread(text, 1, sizeof text - 1, file);
	text[n] = 0;
	fclose(file);
	if (!strstr(text, line))
		fail_msg("\"%s\" is not in:\n%s", line, text);
}

static void helper_keeps_no_rights(void **state)
{
	const struct place *place = here(state);
	struct live_options options = on_loopback(place->file);
	struct live_capture live;

	start(&live, &options);
	expect_status_line(live.pid, "CapPrm:\t0000000000000000");
	expect_status_line(live.pid, "CapEff:\t0000000000000000");
	expect_status_line(live.pid, "NoNewPrivs:\t1");
	live_capture_close(&live);
}

static void keeps_what_could_be_written(void **state)
{
	const struct place *place = here(state);
	struct live_options options = on_loopback(place->file);
	struct rlimit limit, tight;
	struct live_capture live;
	char says[200];

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	tight = limit;
	tight.rlim_cur = 4096;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
	start(&live, &options);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	for (unsigned i = 0; i < 30 && live_capture_poll(&live); i++) {
		send_numbers(10 * i, 10);
		poll(NULL, 0, 100);
	}
	wait_for_end(&live);
	unsigned kept = packets_in(place->file, NULL);

	assert_true(kept > 0 && kept < 300);
	assert_int_equal(live.counts.written, kept);
	snprintf(says, sizeof says, "cannot write \"%s\": File too large. Capture stopped, %u packets kept.",
		 place->file, kept);
	assert_string_equal(live.problem.text, says);
	live_capture_close(&live);
}

static void helper_ends_with_its_parent(void **state)
{
	const struct place *place = here(state);
	struct live_options options = on_loopback(place->file);
	int ends[2], helper = 0, status;

	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	pid_t child = fork();
	if (!child) {
		struct live_capture live;
		struct error error;

		if (live_capture_start(&live, &options, &error) &&
		    write(ends[1], &live.pid, sizeof live.pid) > 0)
			_exit(0);
		_exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(read(ends[0], &helper, sizeof helper), sizeof helper);
	assert_int_equal(waitpid(helper, &status, 0), helper);
	assert_true(WIFEXITED(status));
	close(ends[0]);
	close(ends[1]);
}

/* An interface that goes away when the descriptor is closed; -1: there is no such device. */
static int make_tap(const char *name)
{
	struct ifreq request = { .ifr_flags = IFF_TAP | IFF_NO_PI };
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);

	snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
	if (fd >= 0 && ioctl(fd, TUNSETIFF, &request) == 0 && set_up(name, true))
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static void goes_on_when_an_interface_vanishes(void **state)
{
	const struct place *place = here(state);
	struct live_options options = on_loopback(place->file);
	struct live_capture live;
	int tap = make_tap("gone0");

	if (tap < 0)
		skip();
	options.interfaces[1] = "gone0";
	options.interface_count = 2;
	start(&live, &options);
	close(tap);
	for (int i = 0; i < 100 && !*live.problem.text; i++) {
		assert_true(live_capture_poll(&live));
		poll(NULL, 0, 50);
	}
	assert_string_equal(live.problem.text, "Capturing on \"gone0\" ended: The interface disappeared. "
			    "The others go on.");
	send_packets(5);
	live_capture_stop(&live);
	wait_for_end(&live);
	assert_int_equal(packets_in(place->file, NULL), 5);
	live_capture_close(&live);
}

static void lists_interfaces_and_link_types(void **state)
{
	here(state);
	struct error error;
	unsigned count;
	struct live_interface *list = live_interfaces(&count, &error);
	char types[200];
	bool found = false;

	assert_non_null(list);
	for (unsigned i = 0; i < count; i++)
		if (!strcmp(list[i].name, "lo"))
			found = list[i].loopback && list[i].up && strstr(list[i].addresses, "127.0.0.1");
	assert_true(found);
	free(list);
	assert_true(live_link_types("lo", types, sizeof types, &error));
	assert_non_null(strstr(types, "EN10MB (Ethernet)"));
	assert_false(live_link_types("eth9", types, sizeof types, &error));
	assert_non_null(strstr(error.text, "no interface \"eth9\""));
}

static void filter_errors_point_at_the_place(void **state)
{
	(void)state;
	static const struct { const char *filter, *says; } wrong[] = {
		{ "tcpp", "syntax error at character 1 (\"tcpp\")" },
		{ "tcp port 80 andd udp", "syntax error at character 13 (\"andd\")" },
		{ "tcp and andd", "at character 9 (\"andd\")" },
		{ "tcp port", "syntax error at character 5 (\"port\")" },
		{ "tcp or", "it ends too early" },
		{ "port nosuchport", "at character 6 (\"nosuchport\")" },
	};
	struct error error;

	assert_true(live_filter_check("tcp port 80 or (udp and not port 53)", 1, &error));
	assert_true(live_filter_check("", 1, &error));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_false(live_filter_check(wrong[i].filter, 1, &error));
		if (!strstr(error.text, wrong[i].says))
			fail_msg("\"%s\" lacks \"%s\"", error.text, wrong[i].says);
	}
}

/* Names of files in the folder that begin with "ring_", sorted. */
static unsigned list_ring(const char *folder, char names[][300], unsigned room)
{
	struct dirent **list;
	unsigned count = 0;
	int n = scandir(folder, &list, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		if (!strncmp(list[i]->d_name, "ring_", 5) && count < room)
			snprintf(names[count++], 300, "%s/%s", folder, list[i]->d_name);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	return count;
}

static void goes_on_in_another_file(void **state)
{
	const struct place *place = here(state);
	char pattern[100], names[8][300];
	snprintf(pattern, sizeof pattern, "%s/ring.pcapng", place->folder);
	struct live_options options = on_loopback(pattern);
	struct live_capture live;
	struct error error;
	struct record record;
	const uint8_t *bytes;

	options.ring = (struct ring_rules){ .several = true, .file_packets = 5, .keep = 2 };
	start(&live, &options);
	send_packets(18);
	live_capture_stop(&live);
	wait_for_end(&live);
	assert_string_equal(live.problem.text, "");
	assert_int_equal(live.counts.written, 18);
	live_capture_close(&live);
	assert_int_equal(list_ring(place->folder, names, 8), 2);
	assert_non_null(strstr(names[0], "/ring_00003_2"));
	assert_non_null(strstr(names[1], "/ring_00004_2"));
	for (unsigned i = 0, expected = 10; i < 2; i++) {
		struct capture_file *file = capture_file_open(names[i], &error);
		unsigned number;
		assert_non_null(file);
		for (unsigned k = 0; k < (i ? 3 : 5); k++, expected++) {
			assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_OK);
			memcpy(&number, bytes + record.captured - sizeof number, sizeof number);
			assert_int_equal(number, expected);
		}
		assert_int_equal(capture_file_next(file, true, &record, &bytes), RECORD_NONE);
		assert_string_equal(capture_file_problem(file), "");
		capture_file_close(file);
		unlink(names[i]);
	}
}

static void stops_after_the_last_file(void **state)
{
	const struct place *place = here(state);
	char pattern[100], names[8][300];
	snprintf(pattern, sizeof pattern, "%s/ring.pcapng", place->folder);
	struct live_options options = on_loopback(pattern);
	struct live_capture live;

	options.ring = (struct ring_rules){ .several = true, .file_packets = 5, .files = 3 };
	start(&live, &options);
	send_packets(40);
	wait_for_end(&live);
	assert_int_equal(live.counts.written, 15);
	live_capture_close(&live);
	assert_int_equal(list_ring(place->folder, names, 8), 3);
	for (unsigned i = 0; i < 3; i++)
		unlink(names[i]);
}

UNIT_TESTS(test_live_capture)
{
#define ON_LOOPBACK(test) cmocka_unit_test_setup_teardown(test, arrive, leave)
	const struct CMUnitTest tests[] = {
		ON_LOOPBACK(loses_nothing_when_stopped_at_once),
		ON_LOOPBACK(file_grows_while_capturing),
		ON_LOOPBACK(stops_at_the_packet_limit),
		ON_LOOPBACK(stops_when_the_time_is_over),
		ON_LOOPBACK(temporary_file_is_private_and_goes_away),
		ON_LOOPBACK(says_why_it_cannot_start),
		ON_LOOPBACK(failed_start_leaves_the_old_file),
		ON_LOOPBACK(lack_of_rights_names_the_command),
		ON_LOOPBACK(helper_keeps_no_rights),
		ON_LOOPBACK(keeps_what_could_be_written),
		ON_LOOPBACK(helper_ends_with_its_parent),
		ON_LOOPBACK(goes_on_in_another_file),
		ON_LOOPBACK(stops_after_the_last_file),
		ON_LOOPBACK(goes_on_when_an_interface_vanishes),
		ON_LOOPBACK(lists_interfaces_and_link_types),
		cmocka_unit_test(filter_errors_point_at_the_place),
	};
	return cmocka_run_group_tests_name("live_capture", tests, NULL, NULL);
}
