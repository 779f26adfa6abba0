/* tcp_bit.h - the control bits of a TCP header (RFC 9293, 3.1). */
#ifndef STATE_TCP_BIT_H
#define STATE_TCP_BIT_H

enum tcp_bit {
	TCP_BIT_FIN = 1,
	TCP_BIT_SYN = 2,
	TCP_BIT_RST = 4,
	TCP_BIT_PSH = 8,
	TCP_BIT_ACK = 16,
	TCP_BIT_URG = 32,
	TCP_BITS_RESERVED = 0xe00,
};

#endif
