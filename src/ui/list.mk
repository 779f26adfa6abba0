# The sources of src/ui, one a line; git merges additions by itself.
ui_sources =
