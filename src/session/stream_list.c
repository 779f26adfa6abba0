/* stream_list.c - from a conversation's last packet back to its first. */
#include "session/stream_list.h"

#include <stdlib.h>

#include "base/arena.h"

const struct conversation *stream_of_packet(const struct session *session, uint32_t packet)
{
	const struct learned *learned = session_learned(session);

	if (!packet || packet > session_packet_count(session))
		return NULL;
	const struct conversation *tcp = conversation_of_packet(learned, packet, STREAM_TCP);
	const struct conversation *udp = conversation_of_packet(learned, packet, STREAM_UDP);
	if (!tcp || !udp)
		return tcp ? tcp : udp;
	return conversation_place(learned, tcp, packet).number >
			       conversation_place(learned, udp, packet).number
		       ? tcp
		       : udp;
}

uint32_t stream_count(const struct session *session, uint8_t protocol)
{
	return conversation_count(session_learned(session), protocol);
}

bool stream_list_open(struct stream_list *list, const struct session *session, uint8_t protocol,
		      uint32_t stream)
{
	const struct learned *learned = session_learned(session);

	*list = (struct stream_list){
		.learned = learned,
		.talk = conversation_numbered(learned, protocol, stream),
	};
	return list->talk != NULL;
}

void stream_list_free(struct stream_list *list)
{
	free(list->packets);
	*list = (struct stream_list){ 0 };
}

static void append(struct stream_list *list, uint32_t packet)
{
	if (list->count == list->room)
		list->packets = must_grow(list->packets, &list->room, 16, sizeof(*list->packets));
	list->packets[list->count++] = packet;
}

static void turn_round(uint32_t *from, uint32_t *end)
{
	while (from < --end) {
		uint32_t other = *from;

		*from++ = *end;
		*end = other;
	}
}

uint32_t stream_list_extend(struct stream_list *list)
{
	uint32_t old = list->count, known = old ? list->packets[old - 1] : 0;
	uint32_t packet = conversation_last_packet(list->talk);

	while (packet > known) {
		uint32_t before = conversation_place(list->learned, list->talk, packet).before;

		append(list, packet);
		if (before >= packet)
			break;
		packet = before;
	}
	if (list->count > old)
		turn_round(list->packets + old, list->packets + list->count);
	return list->count;
}
