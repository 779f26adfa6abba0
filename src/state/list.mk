# The sources of src/state, one a line; git merges additions by itself.
state_sources =
state_sources += src/state/announced.c
state_sources += src/state/capture_state.c
state_sources += src/state/connection_id.c
state_sources += src/state/conversation.c
state_sources += src/state/facts.c
state_sources += src/state/fragments.c
state_sources += src/state/learned.c
state_sources += src/state/messages.c
state_sources += src/state/packet_index.c
state_sources += src/state/pieces.c
state_sources += src/state/sealed.c
state_sources += src/state/stream.c
state_sources += src/state/tcp_analysis.c
state_sources += src/state/tcp_state.c
