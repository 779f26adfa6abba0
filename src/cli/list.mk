# The sources of src/cli, one a line; git merges additions by itself.
cli_sources =
