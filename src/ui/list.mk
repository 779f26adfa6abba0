# The sources of src/ui, one a line; git merges additions by itself.
ui_sources =
ui_sources += src/ui/canvas.c
ui_sources += src/ui/style.c
