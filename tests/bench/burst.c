/* burst.c - sends numbered datagrams in bursts, each as fast as it goes: for burst.sh.
 *
 *     burst INTERFACE PACKETS EVERY_MS TOTAL
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { FRAME = 64, AT_ONCE = 64, NUMBER_AT = 42 };

/* To nobody's address: UDP from 192.0.2.1 to 192.0.2.2, port 9. */
static const uint8_t head[NUMBER_AT] = {
	2, 0,  0,  0, 0, 0x99, 2, 0, 0, 0,   0, 1, 8, 0,    0x45, 0, 0, 50, 0,	0, 0,
	0, 64, 17, 0, 0, 192,  0, 2, 1, 192, 0, 2, 2, 0x9c, 0x40, 0, 9, 0,  30, 0, 0,
};

static int open_interface(const char *name)
{
	struct sockaddr_ll address = { .sll_family = AF_PACKET,
				       .sll_ifindex = (int)if_nametoindex(name) };
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address)) {
		perror(name);
		exit(2);
	}
	return fd;
}

/* Returns how many were sent. */
static uint32_t send_some(int fd, uint32_t first, uint32_t count)
{
	static uint8_t frames[AT_ONCE][FRAME];
	struct iovec parts[AT_ONCE];
	struct mmsghdr messages[AT_ONCE] = { 0 };

	if (count > AT_ONCE)
		count = AT_ONCE;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t number = htonl(first + i);
		memcpy(frames[i], head, sizeof head);
		memcpy(frames[i] + NUMBER_AT, &number, sizeof number);
		parts[i] = (struct iovec){ frames[i], FRAME };
		messages[i].msg_hdr.msg_iov = &parts[i];
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	int sent = sendmmsg(fd, messages, count, 0);
	if (sent < 0 && errno != ENOBUFS && errno != EAGAIN) {
		perror("send");
		exit(2);
	}
	return sent > 0 ? (uint32_t)sent : 0;
}

static double seconds_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

int main(int argc, char **argv)
{
	if (argc != 5)
		return 2;
	int fd = open_interface(argv[1]);
	uint32_t burst = (uint32_t)strtoul(argv[2], NULL, 10), sent = 0;
	uint32_t total = (uint32_t)strtoul(argv[4], NULL, 10);
	double every = strtod(argv[3], NULL) / 1e3;
	struct timespec start;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (uint32_t n = 1; sent < total; n++) {
		uint32_t until = sent + burst < total ? sent + burst : total;
		while (sent < until)
			sent += send_some(fd, sent, until - sent);
		double left = every * n - seconds_since(&start);
		if (left > 0)
			usleep((useconds_t)(left * 1e6));
	}
	printf("%u packets, %.0f a second", sent, sent / seconds_since(&start));
	return 0;
}
