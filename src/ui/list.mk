# The sources of src/ui, one a line; git merges additions by itself.
ui_sources =
ui_sources += src/ui/action.c
ui_sources += src/ui/canvas.c
ui_sources += src/ui/key.c
ui_sources += src/ui/key_decoder.c
ui_sources += src/ui/key_map.c
ui_sources += src/ui/line_edit.c
ui_sources += src/ui/style.c
