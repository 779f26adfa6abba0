/* telnet_fields.c - the fields of Telnet and the names of their values. */
#include "telnet.h"

static const struct value_name command_names[] = {
	{ 236, "End of File" },
	{ 237, "Suspend Current Process" },
	{ 238, "Abort Process" },
	{ 239, "End of Record" },
	{ SE, "Suboption End" },
	{ 241, "No Operation" },
	{ 242, "Data Mark" },
	{ 243, "Break" },
	{ 244, "Interrupt Process" },
	{ 245, "Abort Output" },
	{ 246, "Are You There?" },
	{ 247, "Escape Character" },
	{ 248, "Erase Line" },
	{ 249, "Go Ahead" },
	{ SB, "Suboption" },
	{ WILL, "Will" },
	{ WONT, "Won't" },
	{ DO, "Do" },
	{ DONT, "Don't" },
	{ 0 },
};

static const struct value_name flow_names[] = {
	{ 0, "OFF" }, { 1, "ON" }, { 2, "RESTART-ANY" }, { 3, "RESTART-XON" }, { 0, NULL },
};

static const struct value_name auth_command_names[] = {
	{ 0, "IS" }, { 1, "SEND" }, { 2, "REPLY" }, { 3, "NAME" }, { 0, NULL },
};

static const struct value_name auth_type_names[] = {
	{ 0, "NULL" },	{ 1, "Kerberos v4" }, { 2, "Kerberos v5" }, { 3, "SPX" },
	{ 4, "MINK" },	{ 5, "SRP" },	      { 6, "RSA" },	    { 7, "SSL" },
	{ 10, "LOKI" }, { 11, "SSA" },	      { 12, "KEA_SJ" },	    { 13, "KEA_SJ_INTEG" },
	{ 14, "DSS" },	{ 15, "NTLM" },	      { 0, NULL },
};

static const struct value_name who_names[] = {
	{ 0, "Mask client to server" },
	{ 1, "Mask server to client" },
	{ 0, NULL },
};

static const struct value_name how_names[] = {
	{ 0, "One Way authentication" },
	{ 1, "MUTUAL authentication" },
	{ 0, NULL },
};

static const struct value_name cred_names[] = {
	{ 0, "Client will NOT forward auth creds" },
	{ 1, "Client WILL forward auth creds" },
	{ 0, NULL },
};

static const struct value_name auth_enc_names[] = {
	{ 0, "Off" }, { 1, "Telnet Options" }, { 4, "After Exchange" }, { 5, "Reserved" },
	{ 0, NULL },
};

static const struct value_name enc_command_names[] = {
	{ 0, "IS" },	      { 1, "SUPPORT" },	  { 2, "REPLY" },
	{ 3, "START" },	      { 4, "END" },	  { 5, "REQUEST-START" },
	{ 6, "REQUEST-END" }, { 7, "ENC_KEYID" }, { 8, "DEC_KEYID" },
	{ 0, NULL },
};

static const struct value_name enc_type_names[] = {
	{ 0, "NULL" },		 { 1, "DES_CFB64" },
	{ 2, "DES_OFB64" },	 { 3, "DES3_CFB64" },
	{ 4, "DES3_OFB64" },	 { 8, "CAST5_40_CFB64" },
	{ 9, "CAST5_40_OFB64" }, { 10, "CAST128_CFB64" },
	{ 11, "CAST128_OFB64" }, { 0, NULL },
};

#define SAYS(words, where) .help = words, .reference = "RFC " where

const struct field telnet_fields[TELNET_FIELDS] = {
	[TELNET] = { "telnet", "Telnet", FIELD_PROTOCOL,
		     SAYS("A terminal far away, unencrypted", "854") },
	[TELNET_COMMAND] = { "telnet.command", "Command", FIELD_NONE, .flags = FIELD_WORDS,
			     SAYS("What the two ends say besides text", "854") },
	[TELNET_CMD] = { "telnet.cmd", "Command", FIELD_U8, .names = command_names,
			 SAYS("What the other end is told to do or asked for", "854") },
	[TELNET_SUBCMD] = { "telnet.subcmd", "Subcommand", FIELD_U8,
			    SAYS("The option that is asked for or told about", "855") },
	[TELNET_SUBOPTION] = { "telnet.suboption", "Suboption", FIELD_NONE, .flags = FIELD_WORDS,
			       SAYS("Is the value asked for, or told?", "1091") },
	[TELNET_VALUE] = { "telnet.string_subopt.value", "Value", FIELD_TEXT,
			   SAYS("The terminal's type, speed or display", "1091") },
	[TELNET_WIDTH] = { "telnet.naws_subopt.width", "Width", FIELD_U16,
			   SAYS("Columns of the terminal", "1073") },
	[TELNET_HEIGHT] = { "telnet.naws_subopt.height", "Height", FIELD_U16,
			    SAYS("Rows of the terminal", "1073") },
	[TELNET_FLOW] = { "telnet.rfc_subopt.cmd", "Command", FIELD_U8, .names = flow_names,
			  SAYS("Who stops output, and what starts it again", "1372") },
	[TELNET_AUTH_CMD] = { "telnet.auth.cmd", "Auth Cmd", FIELD_U8, .names = auth_command_names,
			      SAYS("The step of the authentication", "2941, 2") },
	[TELNET_AUTH_TYPE] = { "telnet.auth.type", "Auth Type", FIELD_U8, .names = auth_type_names,
			       SAYS("How one proves who one is", "2941, 2") },
	[TELNET_AUTH_ENC] = { "telnet.auth.mod.enc", "Encrypt", FIELD_U8, .names = auth_enc_names,
			      .mask = 0x14, SAYS("Is what follows encrypted?", "2941, 2") },
	[TELNET_AUTH_CRED] = { "telnet.auth.mod.cred_fwd", "Cred Fwd", FIELD_BOOL,
			       .names = cred_names, .mask = 0x08,
			       SAYS("Are credentials passed on?", "2941, 2") },
	[TELNET_AUTH_HOW] = { "telnet.auth.mod.how", "How", FIELD_BOOL, .names = how_names,
			      .mask = 0x02,
			      SAYS("Does one end prove itself, or both?", "2941, 2") },
	[TELNET_AUTH_WHO] = { "telnet.auth.mod.who", "Who", FIELD_BOOL, .names = who_names,
			      .mask = 0x01, SAYS("Which end proves itself", "2941, 2") },
	[TELNET_AUTH_NAME] = { "telnet.auth.name", "Name", FIELD_TEXT,
			       SAYS("Who wants to log in", "2941, 2") },
	[TELNET_ENC_CMD] = { "telnet.enc.cmd", "Enc Cmd", FIELD_U8, .names = enc_command_names,
			     SAYS("The step towards encryption", "2946, 2") },
	[TELNET_ENC_TYPE] = { "telnet.enc.type", "Enc Type", FIELD_U8, .names = enc_type_names,
			      SAYS("What is encrypted with", "2946, 2") },
	[TELNET_ENC_DATA] = { "telnet.enc.type_data", "Type-specific data", FIELD_BYTES,
			      SAYS("What this kind of encryption needs", "2946, 2") },
	[TELNET_ENC_KEY] = { "telnet.enc.key_id", "Key ID", FIELD_BYTES,
			     SAYS("Which key is meant", "2946, 2") },
	[TELNET_OPTION_DATA] = { "telnet.option_data", "Option data", FIELD_BYTES,
				 SAYS("What the option's own document defines", "855") },
	[TELNET_DATA] = { "telnet.data", "Data", FIELD_TEXT,
			  SAYS("A line of what is typed or shown", "854") },
	[TELNET_WRONG_LENGTH] = FINDING("telnet.suboption_length.invalid", "Bogus suboption data",
					EXPERT_WARN, GROUP_PROTOCOL),
	[TELNET_WRONG_SUBCOMMAND] = FINDING("telnet.invalid_subcommand", "Invalid subcommand",
					    EXPERT_WARN, GROUP_PROTOCOL),
};
