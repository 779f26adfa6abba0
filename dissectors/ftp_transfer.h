/* ftp_transfer.h - a transfer as one thing: how it was agreed on, its command, data and outcome. */
#ifndef DISSECTORS_FTP_TRANSFER_H
#define DISSECTORS_FTP_TRANSFER_H

#include "ftp.h"

enum { FTP_NAME_ROOM = 128 };

/* What the first pass keeps for a control connection. */
struct ftp_transfers {
	uint32_t setup, setup_layer;	 /* the last one that no transfer has used; 0: none */
	struct ftp_setup *agreed;	 /* the same one's fact */
	struct ftp_transfer *running;	 /* the last transfer, until its reply */
	uint32_t command, command_layer; /* and where its command is */
	uint32_t commands, replies;	 /* so far; those that only say "wait" are not counted */
	uint32_t running_command;	 /* which of the commands it is */
	uint64_t size;			 /* that the last 213 reply gave */
	uint32_t size_command;		 /* which command asks for a size; 0: none */
	bool size_known, restarts;	 /* REST: the next transfer begins within the file */
	uint32_t sized_length;
	uint8_t sized[FTP_NAME_ROOM]; /* the file whose size it is */
};

/* In the first pass: a data connection was agreed on, a command was sent, a reply is complete. */
void ftp_follow_setup(struct dissection *d, struct ftp_transfers *transfers, struct ftp_setup *setup,
		      const struct endpoint *end);
void ftp_follow_command(struct dissection *d, struct ftp_transfers *transfers,
			const struct text_part *command, const struct text_part *line,
			const struct text_part *arg);
void ftp_follow_reply(struct dissection *d, struct ftp_transfers *transfers, uint32_t code,
		      const struct text_part *arg);

/* What is known of the transfer that the message at hand begins or ends. */
void ftp_show_transfer(struct dissection *d);

#endif
