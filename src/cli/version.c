/* version.c - which peel this is, and with which libraries. */
#include <stdio.h>
#include <sys/utsname.h>

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif
#ifdef HAVE_LZ4
#include <lz4.h>
#endif
#ifdef HAVE_PCRE2
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif

#include "cli/options.h"

static void print_library(FILE *out, const char *name, const char *version)
{
	if (version)
		fprintf(out, "  %s %s\n", name, version);
	else
		fprintf(out, "  without %s\n", name);
}

void version_print(FILE *out, const char *screen)
{
	struct utsname system;

	fprintf(out, "%s\n\nLibraries:\n", PACKAGE_STRING);
	fprintf(out, "  %s\n", live_library_version());
#ifdef HAVE_ZLIB
	print_library(out, "zlib", zlibVersion());
#else
	print_library(out, "zlib", NULL);
#endif
#ifdef HAVE_ZSTD
	print_library(out, "zstd", ZSTD_versionString());
#else
	print_library(out, "zstd", NULL);
#endif
#ifdef HAVE_LZ4
	print_library(out, "lz4", LZ4_versionString());
#else
	print_library(out, "lz4", NULL);
#endif
#ifdef HAVE_PCRE2
	char pcre2[64] = "";
	pcre2_config(PCRE2_CONFIG_VERSION, pcre2);
	print_library(out, "PCRE2", pcre2);
#else
	print_library(out, "PCRE2", NULL);
#endif
	if (screen)
		fprintf(out, "  %s\n", screen);
	if (!uname(&system))
		fprintf(out, "\nRunning on %s %s, %s.\n", system.sysname, system.release,
			system.machine);
}
