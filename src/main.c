/* main.c - where peel starts. */
#include <stdio.h>

int main(void)
{
	puts(PACKAGE_STRING);
	return 0;
}
