# The sources of src/dissect, one a line; git merges additions by itself.
dissect_sources =
dissect_sources += src/dissect/address.c
dissect_sources += src/dissect/checksum.c
dissect_sources += src/dissect/cursor.c
dissect_sources += src/dissect/dissection.c
dissect_sources += src/dissect/expert.c
dissect_sources += src/dissect/faults.c
dissect_sources += src/dissect/hand_on.c
dissect_sources += src/dissect/node_text.c
dissect_sources += src/dissect/path.c
dissect_sources += src/dissect/registry.c
dissect_sources += src/dissect/time_text.c
dissect_sources += src/dissect/value_text.c
dissect_sources += src/dissect/words.c
dissect_sources += src/dissect/text_line.c
dissect_sources += src/dissect/nearest.c
dissect_sources += src/dissect/decode_as.c
