/* ftp.h - what the files of FTP share: fields, and what the first pass learns about a transfer. */
#ifndef DISSECTORS_FTP_H
#define DISSECTORS_FTP_H

#include "dissect/text_line.h"

enum {
	FTP,
	FTP_LINE,
	FTP_REQUEST,
	FTP_REQUEST_COMMAND,
	FTP_REQUEST_ARG,
	FTP_RESPONSE,
	FTP_RESPONSE_CODE,
	FTP_RESPONSE_ARG,
	FTP_CURRENT_WORKING_DIRECTORY,
	FTP_PASSIVE_IP,
	FTP_PASSIVE_PORT,
	FTP_PASSIVE_NAT,
	FTP_ACTIVE_CIP,
	FTP_ACTIVE_PORT,
	FTP_ACTIVE_NAT,
	FTP_EPRT_AF,
	FTP_EPRT_IP,
	FTP_EPRT_IPV6,
	FTP_EPRT_PORT,
	FTP_EPSV_IP,
	FTP_EPSV_IPV6,
	FTP_EPSV_PORT,
	FTP_COMMAND,
	FTP_COMMAND_FRAME,
	FTP_SETUP_FRAME,
	FTP_TRANSFER_FRAMES,
	FTP_TRANSFER_BYTES,
	FTP_TRANSFER_FIRST,
	FTP_TRANSFER_LAST,
	FTP_TRANSFER_DURATION,
	FTP_TRANSFER_BITRATE,
	FTP_TRANSFER_REPLY,
	FTP_TRANSFER_COMMAND,
	FTP_TRANSFER_TEXT,
	FTP_TRANSFER_RESULT,
	FTP_TRANSFER_SIZE,
	FTP_PORT_INVALID,
	FTP_TRANSFER_SIZE_DIFFERS,
	FTP_PASSIVE_INVALID,
	FTP_EPRT_ARGS_INVALID,
	FTP_EPSV_ARGS_INVALID,
	FTP_RESPONSE_PWD_INVALID,
	FTP_FIELDS,
};

extern const struct field ftp_fields[FTP_FIELDS];

/* How a data connection was agreed on. */
enum ftp_method { FTP_NO_METHOD, FTP_PORT, FTP_PASV, FTP_EPRT, FTP_EPSV };

/* FACT_OWN of a message: what stood before it.  Its own directory's name is behind it. */
struct ftp_fact {
	uint16_t reply; /* code of the reply that goes on, 0: none */
	bool secured;
	uint8_t method; /* enum ftp_method; if there is one, this is a struct ftp_setup */
	/* the message that changed to the directory at work, perhaps this one; 0: none is known */
	uint32_t directory_in;
	uint16_t directory_layer;
	uint16_t directory_length; /* 0: it did not change here */
};

/* The same where it says where a data connection will be, and what came of that: links
 * but for the first. */
struct ftp_setup {
	struct ftp_fact fact;
	uint32_t protected;		   /* PROT P: the data connection speaks TLS */
	uint32_t transfer, transfer_layer; /* the command that moves data, and its layer there */
	uint32_t frames, first, last;	   /* that carried data */
	uint32_t bytes_low, bytes_high;
};

/* FACT_OTHER of a command that moves data. */
struct ftp_transfer {
	uint32_t setup, setup_layer; /* whose ftp_fact the data is counted in; 0: none */
	uint32_t reply, reply_frame; /* links: how it ended, or 0 */
	uint32_t size_known, size_low, size_high; /* of the file, as a 213 reply to SIZE said */
	uint32_t text_length;
	char text[]; /* the line: "RETR a.txt" */
};

/* FACT_OTHER of the reply that ends a transfer. */
struct ftp_outcome {
	uint32_t command, command_layer;
};

extern const struct dissector ftp_dissector, ftp_data_dissector;

/* The message there that says where a data connection will be; NULL: it says no such thing. */
const struct ftp_setup *ftp_setup_in(struct dissection *d, uint32_t packet, uint32_t layer);
/* The directory at work; "": it is not known. */
const char *ftp_directory(struct dissection *d, const struct ftp_fact *fact);
/* The command that used the data connection, and its packet; NULL: none is known. */
const struct ftp_transfer *ftp_transfer_of(struct dissection *d, const struct ftp_setup *setup,
					   uint32_t *packet);

/* What PORT, EPRT, and the replies to PASV and EPSV say: shown, and where the data connection ends
 * on this side.  False: it cannot be read, which is noted. */
bool ftp_show_port(struct dissection *d, const struct cursor *c, struct text_part arg,
		   struct endpoint *end);
bool ftp_show_eprt(struct dissection *d, const struct cursor *c, struct text_part arg,
		   struct endpoint *end);
bool ftp_show_pasv(struct dissection *d, const struct cursor *c, struct text_part arg,
		   struct endpoint *end);
bool ftp_show_epsv(struct dissection *d, const struct cursor *c, struct text_part arg,
		   struct endpoint *end);

#endif
