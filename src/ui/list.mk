# The sources of src/ui, one a line; git merges additions by itself.
ui_sources =
ui_sources += src/ui/action.c
ui_sources += src/ui/canvas.c
ui_sources += src/ui/key.c
ui_sources += src/ui/key_decoder.c
ui_sources += src/ui/key_map.c
ui_sources += src/ui/layout.c
ui_sources += src/ui/line_edit.c
ui_sources += src/ui/list_columns.c
ui_sources += src/ui/packet_focus.c
ui_sources += src/ui/quantity.c
ui_sources += src/ui/row_colours.c
ui_sources += src/ui/style.c
