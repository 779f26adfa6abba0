# The sources of src/print, one a line; git merges additions by itself.
print_sources =
print_sources += src/print/catalog.c
print_sources += src/print/fields.c
print_sources += src/print/follow_text.c
print_sources += src/print/hex.c
print_sources += src/print/json.c
print_sources += src/print/json_text.c
print_sources += src/print/summary.c
print_sources += src/print/tree.c
print_sources += src/print/verdicts.c
print_sources += src/print/ladder_label.c
print_sources += src/print/ladder_layout.c
print_sources += src/print/ladder_text.c
print_sources += src/print/ladder_note.c
print_sources += src/print/ladder_print.c
print_sources += src/print/flow_text.c
