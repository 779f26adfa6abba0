# The unit tests, one program a line, and the code they share; git merges additions by itself.
unit_tests =
unit_tests += tests/test_arena
unit_tests += tests/test_capture_file
unit_tests += tests/test_capture_writer
unit_tests += tests/test_file_window
unit_tests += tests/test_live_capture
unit_tests += tests/test_text
unit_tests += tests/test_cursor
unit_tests += tests/test_stream
unit_tests += tests/test_facts
unit_tests += tests/dissectors/test_tcp
unit_tests += tests/dissectors/test_dns
unit_tests += tests/dissectors/test_eth
unit_tests += tests/dissectors/test_arp
unit_tests += tests/dissectors/test_ppp
unit_tests += tests/dissectors/test_udp

support_sources =
support_sources += tests/support/dissect_hex.c
support_sources += tests/support/talk.c
unit_tests += tests/dissectors/test_http
unit_tests += tests/dissectors/test_smtp
unit_tests += tests/dissectors/test_pop
unit_tests += tests/dissectors/test_ftp
