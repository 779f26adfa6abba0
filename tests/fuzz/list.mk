# The fuzzers; with --enable-fuzzers libFuzzer runs them, else fuzz_main.c does, on files.
fuzz_programs = tests/fuzz/fuzz_file tests/fuzz/fuzz_filter tests/fuzz/fuzz_keylog \
	tests/fuzz/fuzz_keys tests/fuzz/fuzz_options tests/fuzz/fuzz_packet tests/fuzz/fuzz_stream
tests_fuzz_fuzz_file_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_packet_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_stream_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_filter_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_keylog_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_keys_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_options_LDFLAGS = $(fuzz_ldflags)
