#!/usr/bin/env python3
"""Makes tcp-options.pcap: options of TCP that no stack at hand sends, each in a segment of its own: Multipath TCP of
RFC 6824 and RFC 8684, and both orders of Accurate ECN.

    make-tcp-options.py FOLDER
"""
import importlib.util
import os
import struct
import sys

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location(
    "make_carriers", os.path.join(os.path.dirname(os.path.abspath(__file__)), "make-carriers.py"))
carriers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(carriers)

KEY, HMAC = bytes(range(1, 9)), bytes(range(20))
SYN, SYN_ACK, ACK_ONLY, RST = 0x02, 0x12, 0x10, 0x14


def segment(port, flags, kind, body, payload=b""):
    options = bytes([kind, 2 + len(body)]) + body
    options += b"\1" * (-len(options) % 4)
    header = struct.pack(">HHIIBBHHH", port, 9, 1000, 2000 if flags & 0x10 else 0, (5 + len(options) // 4) << 4, flags,
                         1000, 0, 0) + options + payload
    ends = carriers.address(carriers.ONE) + carriers.address(carriers.OTHER)
    total = carriers.checksum(ends + struct.pack(">HH", 6, len(header)) + header)
    return carriers.frame(carriers.ip(header[:16] + struct.pack(">H", total) + header[18:], 6))


multipath = [
    (SYN, b"\x00\x81" + KEY), (SYN, b"\x01\x81"), (SYN_ACK, b"\x01\xa1" + KEY), (ACK_ONLY, b"\x01\x81" + KEY + KEY),
    (SYN, b"\x11\1" + b"\0\0\1\2\0\0\3\4"), (SYN_ACK, b"\x10\1" + KEY + b"\0\0\3\4"), (ACK_ONLY, b"\x10\0" + HMAC),
    (ACK_ONLY, b"\x20\1\0\0\1\2"), (ACK_ONLY, b"\x20\x1f" + KEY + KEY + b"\0\0\0\1\0\5\x12\x34"),
    (ACK_ONLY, b"\x34\1" + bytes([192, 0, 2, 7])), (ACK_ONLY, b"\x34\1" + bytes([192, 0, 2, 7, 0, 80])),
    (ACK_ONLY, b"\x36\1" + carriers.address(carriers.ONE6)), (ACK_ONLY, b"\x30\1" + bytes([192, 0, 2, 7]) + KEY),
    (ACK_ONLY, b"\x31\1" + bytes([192, 0, 2, 7, 0, 80])), (ACK_ONLY, b"\x40\1"), (ACK_ONLY, b"\x40\1\2\3"),
    (ACK_ONLY, b"\x51"), (ACK_ONLY, b"\x50\1"), (ACK_ONLY, b"\x60\0" + KEY), (ACK_ONLY, b"\x70\0" + KEY),
    (RST, b"\x81\1"), (ACK_ONLY, b"\xf0\3")]
packets = [segment(40000 + number, flags, 30, body) for number, (flags, body) in enumerate(multipath)]
counters = b"\0\0\1\0\0\2\0\0\3"
for number, (kind, length) in enumerate(((172, 9), (174, 9), (174, 6), (172, 3), (174, 0))):
    packets.append(segment(41000 + number, ACK_ONLY, kind, counters[:length]))
carriers.write(sys.argv[1], "tcp-options", 1, packets)
