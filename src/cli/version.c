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
#ifdef HAVE_BROTLI
#include <brotli/decode.h>
#endif
#ifdef HAVE_NGHTTP2
#include <nghttp2/nghttp2.h>
#endif
#ifdef HAVE_NGHTTP3
#include <nghttp3/nghttp3.h>
#endif
#ifdef HAVE_GCRYPT
#include <gcrypt.h>
#endif
#ifdef HAVE_IDN2
#include <idn2.h>
#endif
#ifdef HAVE_SECCOMP
#include <seccomp.h>
#endif
#ifdef HAVE_PCRE2
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif

#include "cli/options.h"
#include "dissect/geoip.h"

static void print_library(FILE *out, const char *name, const char *version)
{
	if (version)
		fprintf(out, "  %s %s\n", name, version);
	else
		fprintf(out, "  without %s\n", name);
}

/* Those that unpack files and bodies. */
static void print_packers(FILE *out)
{
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
#ifdef HAVE_BROTLI
	uint32_t brotli = BrotliDecoderVersion();
	char text[40];
	snprintf(text, sizeof text, "%u.%u.%u", brotli >> 24, brotli >> 12 & 0xfff, brotli & 0xfff);
	print_library(out, "Brotli", text);
#else
	print_library(out, "Brotli", NULL);
#endif
}

/* Those that dissectors use. */
static void print_readers(FILE *out)
{
#ifdef HAVE_NGHTTP2
	print_library(out, "nghttp2", nghttp2_version(0)->version_str);
#else
	print_library(out, "nghttp2", NULL);
#endif
#ifdef HAVE_NGHTTP3
	print_library(out, "nghttp3", nghttp3_version(0)->version_str);
#else
	print_library(out, "nghttp3", NULL);
#endif
#ifdef HAVE_GCRYPT
	print_library(out, "Libgcrypt", gcry_check_version(NULL));
#else
	print_library(out, "Libgcrypt", NULL);
#endif
#ifdef HAVE_IDN2
	print_library(out, "Libidn2", idn2_check_version(NULL));
#else
	print_library(out, "Libidn2", NULL);
#endif
	print_library(out, "libmaxminddb", geoip_library_version());
}

static void print_others(FILE *out)
{
#ifdef HAVE_PCRE2
	char pcre2[64] = "";
	pcre2_config(PCRE2_CONFIG_VERSION, pcre2);
	print_library(out, "PCRE2", pcre2);
#else
	print_library(out, "PCRE2", NULL);
#endif
#ifdef HAVE_SECCOMP
	const struct scmp_version *seccomp = seccomp_version();
	char text[40];
	snprintf(text, sizeof text, "%u.%u.%u", seccomp->major, seccomp->minor, seccomp->micro);
	print_library(out, "libseccomp", text);
#else
	print_library(out, "libseccomp", NULL);
#endif
}

void version_print(FILE *out, const char *screen)
{
	struct utsname system;

	fprintf(out, "%s\n\nLibraries:\n", PACKAGE_STRING);
	fprintf(out, "  %s\n", live_library_version());
	print_packers(out);
	print_readers(out);
	print_others(out);
	if (screen)
		fprintf(out, "  %s\n", screen);
	if (!uname(&system))
		fprintf(out, "\nRunning on %s %s, %s.\n", system.sysname, system.release,
			system.machine);
}
