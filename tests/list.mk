# The unit tests, one program a line, and the code they share; git merges additions by itself.
unit_tests =

support_sources =
