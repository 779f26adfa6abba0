# The dissectors, one file a line; git merges additions by itself.
# Where several recognise a payload by its looks, the first in this list is asked first.
dissector_sources =
dissector_sources += dissectors/tcp.c
dissector_sources += dissectors/tcp_options.c
