/* fuzz_main.c - where there is no libFuzzer: runs a fuzzer on the files named, once each.  Names each before,
 * so that the last one named is what broke it. */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz/fuzz.h"

enum { MOST_BYTES = 1 << 20 };

int main(int argc, char **argv)
{
	static uint8_t bytes[MOST_BYTES];

	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "rb");
		if (!file) {
			perror(argv[i]);
			return 1;
		}
		size_t size = fread(bytes, 1, sizeof(bytes), file);
		fclose(file);
		printf("%s\n", argv[i]);
		fflush(stdout);
		LLVMFuzzerTestOneInput(bytes, size);
	}
	return 0;
}
