# The sources of src/base, one a line; git merges additions by itself.
base_sources =
base_sources += src/base/arena.c
base_sources += src/base/byte_text.c
base_sources += src/base/error.c
base_sources += src/base/format.c
base_sources += src/base/glyph.c
base_sources += src/base/hash.c
base_sources += src/base/idn.c
base_sources += src/base/number_text.c
base_sources += src/base/span.c
base_sources += src/base/text.c
base_sources += src/base/user_file.c
base_sources += src/base/cipher.c
base_sources += src/base/digest.c
base_sources += src/base/packet_set.c
base_sources += src/base/threads.c
