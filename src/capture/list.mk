# The sources of src/capture, one a line; git merges additions by itself.
capture_sources =
capture_sources += src/capture/codec.c
capture_sources += src/capture/compressed_source.c
capture_sources += src/capture/capture_file.c
capture_sources += src/capture/file_window.c
capture_sources += src/capture/recent_bytes.c
capture_sources += src/capture/open_error.c
capture_sources += src/capture/pcap_format.c
capture_sources += src/capture/pcapng_format.c
capture_sources += src/capture/capture_writer.c
capture_sources += src/capture/link_type.c
capture_sources += src/capture/pcapng_blocks.c
capture_sources += src/capture/capture_filter.c
capture_sources += src/capture/live_capture.c
capture_sources += src/capture/privileges.c
capture_sources += src/capture/capture_ring.c
capture_sources += src/capture/merged_format.c
