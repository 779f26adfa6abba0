#!/usr/bin/env python3
"""Makes frame-notes.pcapng: what a file says of single packets, in sections of both byte orders.

    make-frame-notes.py FOLDER
"""
import os
import struct
import sys

COMMENT, FLAGS, HASH, DROP_COUNT, ID, QUEUE, VERDICT = range(1, 8)
INBOUND, OUTBOUND = 1, 2


class Section:
    def __init__(self, order):
        self.order, self.packets = order, 0
        self.bytes = self.block(0x0a0d0d0a, self.pack("IHHq", 0x1a2b3c4d, 1, 0, -1))
        self.bytes += self.block(1, self.pack("HHI", 1, 0, 0) + self.options([(2, b"eth0")]))

    def pack(self, form, *values):
        return struct.pack(self.order + form, *values)

    def padded(self, data):
        return data + bytes(-len(data) % 4)

    def block(self, kind, body):
        length = len(body) + 12
        return self.pack("II", kind, length) + body + self.pack("I", length)

    def options(self, options):
        out = b"".join(self.pack("HH", code, len(value)) + self.padded(value) for code, value in options)
        return out + self.pack("I", 0) if options else b""

    def add(self, *options, kind=6, check=b""):
        frame = bytes.fromhex("020000000002020000000001" "0800" "4500001d" "00000000" "40118e99" "c0000201" "c6336402"
                              "9c400009" "00090000" "61") + check
        ticks = 1_700_000_000_000_000 + 1000 * self.packets
        head = self.pack("I", 0) if kind == 6 else self.pack("HH", 0, 0xffff)
        self.bytes += self.block(kind, head + self.pack("IIII", ticks >> 32, ticks & 0xffffffff, len(frame), len(frame)) +
                                 self.padded(frame) + self.options(options))
        self.packets += 1

    def flags(self, value):
        return FLAGS, self.pack("I", value)

    def all(self):
        self.add()
        self.add(self.flags(INBOUND | 1 << 2))                          # to this machine alone
        self.add(self.flags(OUTBOUND | 3 << 2 | 4 << 5), (COMMENT, b"to all"), check=b"\xde\xad\xbe\xef")
        self.add(self.flags(3 | 7 << 2 | 0x7f << 9))                    # numbers that mean nothing
        for bit in range(24, 32):
            self.add(self.flags(1 << bit))
        self.add((DROP_COUNT, self.pack("Q", 1 << 40)), (ID, self.pack("Q", 0xfedcba9876543210)), (QUEUE, self.pack("I", 7)))
        self.add((COMMENT, b"one"), (COMMENT, b"two\nlines"), (COMMENT, b""), (COMMENT, b"cut\0off"))
        self.add((HASH, b"\2" + bytes(4)), (VERDICT, b"\1" + bytes(8)), (2989, self.pack("I", 32473) + b"ours"))
        self.add((FLAGS, b"\1"), (DROP_COUNT, bytes(4)), (ID, bytes(9)), (QUEUE, b""))  # of wrong lengths
        self.add(self.flags(INBOUND), self.flags(OUTBOUND))             # the first one counts
        self.add(self.flags(OUTBOUND), kind=2)                          # the block of old
        return self.bytes


def main():
    with open(os.path.join(sys.argv[1], "frame-notes.pcapng"), "wb") as out:
        for order in "<", ">":
            out.write(Section(order).all())


main()
