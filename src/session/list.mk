# The sources of src/session, one a line; git merges additions by itself.
session_sources =
session_sources += src/session/dns_flags.c
session_sources += src/session/dns_lookups.c
session_sources += src/session/dns_message.c
session_sources += src/session/expert_list.c
session_sources += src/session/expert_pass.c
session_sources += src/session/scanner.c
session_sources += src/session/session.c
session_sources += src/session/verdict.c
session_sources += src/session/verify.c
session_sources += src/session/verify_dns.c
session_sources += src/session/tcp_event.c
session_sources += src/session/tcp_life.c
session_sources += src/session/tcp_verdict.c
session_sources += src/session/verify_tcp.c
