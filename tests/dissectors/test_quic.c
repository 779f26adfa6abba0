/* test_quic.c - keys of QUIC, by the examples of RFC 9001, appendix A, and RFC 9369, appendix A. */
#include <stdio.h>
#include <string.h>

#include "../../dissectors/quic.h"
#include "support/unit_test.h"

enum { VERSION_1 = 1, VERSION_2 = 0x6b3343cf, CHACHA20_POLY1305 = 0x1303 };

static const uint8_t client_id[] = { 0x83, 0x94, 0xc8, 0xf0, 0x3e, 0x51, 0x57, 0x08 };

static uint32_t bytes_of(const char *hex, uint8_t *out)
{
	uint32_t n = 0;
	unsigned byte;

	for (; sscanf(hex + 2 * n, "%2x", &byte) == 1; n++)
		out[n] = (uint8_t)byte;
	return n;
}

static void assert_hex(const uint8_t *bytes, const char *hex)
{
	uint8_t expected[64];

	assert_memory_equal(bytes, expected, bytes_of(hex, expected));
}

static void skip_without_cryptography(void)
{
#ifndef HAVE_GCRYPT
	skip();
#endif
}

static void assert_initial(uint32_t version, unsigned side, const char *key, const char *iv,
			   const char *header_key)
{
	struct cipher_keys keys[2];

	assert_true(quic_initial_keys(version, client_id, sizeof client_id, keys));
	assert_hex(keys[side].key, key);
	assert_hex(keys[side].iv, iv);
	assert_hex(keys[side].header_key, header_key);
}

static void makes_initial_keys_of_version_1(void **state)
{
	(void)state;
	skip_without_cryptography();
	assert_initial(VERSION_1, QUIC_CLIENT, "1f369613dd76d5467730efcbe3b1a22d",
		       "fa044b2f42a3fd3b46fb255c", "9f50449e04a0e810283a1e9933adedd2");
	assert_initial(VERSION_1, QUIC_SERVER, "cf3a5331653c364c88f0f379b6067e37",
		       "0ac1493ca1905853b0bba03e", "c206b8d9b9f0f37644430b490eeaa314");
}

static void makes_initial_keys_of_version_2(void **state)
{
	(void)state;
	skip_without_cryptography();
	assert_initial(VERSION_2, QUIC_CLIENT, "8b1a0bc121284290a29e0971b5cd045d",
		       "91f73e2351d8fa91660e909f", "45b95e15235d6f45a6b19cbcb0294ba9");
}

static void makes_chacha20_keys_and_the_next_secret(void **state)
{
	struct secret secret;
	struct cipher_keys keys;

	(void)state;
	skip_without_cryptography();
	secret.length = bytes_of("9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b",
				 secret.bytes);
	assert_true(quic_keys(VERSION_1, CHACHA20_POLY1305, &secret, &keys));
	assert_hex(keys.key, "c6d98ff3441c3fe1b2182094f69caa2ed4b716b65488960a7a984979fb23e1c8");
	assert_hex(keys.iv, "e0459b3474bdd0e44a41c144");
	assert_hex(keys.header_key,
		   "25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4");
	assert_true(quic_next_keys(VERSION_1, CHACHA20_POLY1305, &secret, &keys));
	assert_hex(secret.bytes,
		   "1223504755036d556342ee9361d253421a826c9ecdf3c7148684b36b714881f9");
	assert_hex(keys.header_key,
		   "25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4");
}

static bool retry_is_good(uint32_t version, const char *hex, unsigned flip)
{
	struct dissection d;
	uint8_t packet[64];
	uint32_t n = bytes_of(hex, packet);

	dissection_init(&d);
	packet[flip ? n - 1 : 0] ^= (uint8_t)flip;
	bool good = quic_retry_is_good(&d, version, client_id, sizeof client_id, packet, n);
	dissection_free(&d);
	return good;
}

static void verifies_retry_packets(void **state)
{
	(void)state;
	skip_without_cryptography();
	assert_true(retry_is_good(VERSION_1,
				  "ff000000010008f067a5502a4262b5746f6b656e"
				  "04a265ba2eff4d829058fb3f0f2496ba",
				  0));
	assert_true(retry_is_good(VERSION_2,
				  "cf6b3343cf0008f067a5502a4262b5746f6b656e"
				  "c8646ce8bfe33952d955543665dcc7b6",
				  0));
	assert_false(retry_is_good(VERSION_1,
				   "ff000000010008f067a5502a4262b5746f6b656e"
				   "04a265ba2eff4d829058fb3f0f2496ba",
				   1));
}

static void reads_numbers_of_any_size(void **state)
{
	static const struct {
		const char *hex;
		uint64_t value;
		uint32_t bytes;
	} rows[] = {
		{ "c2197c5eff14e88c", UINT64_C(151288809941952652), 8 },
		{ "9d7f3e7d", 494878333, 4 },
		{ "7bbd", 15293, 2 },
		{ "25", 37, 1 },
	};
	uint8_t bytes[8], fault = FAULT_NONE;
	uint64_t value;
	uint32_t n;

	(void)state;
	for (unsigned i = 0; i < COUNT(rows); i++) {
		uint32_t length = bytes_of(rows[i].hex, bytes);
		struct cursor c = {
			.data = bytes, .fault = &fault, .captured = length, .reported = length
		};
		assert_true(quic_peek_varint(&c, 0, &value, &n));
		assert_true(value == rows[i].value);
		assert_int_equal(n, rows[i].bytes);
		assert_true(quic_varint(&c) == rows[i].value);
		c.captured = c.reported = length - 1;
		c.pos = 0;
		assert_false(quic_peek_varint(&c, 0, &value, &n));
	}
}

UNIT_TESTS(test_quic)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_initial_keys_of_version_1),
		cmocka_unit_test(makes_initial_keys_of_version_2),
		cmocka_unit_test(makes_chacha20_keys_and_the_next_secret),
		cmocka_unit_test(verifies_retry_packets),
		cmocka_unit_test(reads_numbers_of_any_size),
	};
	return cmocka_run_group_tests_name("quic", tests, NULL, NULL);
}
