#!/usr/bin/env python3
"""Makes captures of what stations and bridges of a link tell each other: pvst.pcap, cdp.pcap, lldp-med.pcap.

    make-link.py FOLDER
"""
import os
import struct
import sys


class Capture:
    def __init__(self, path, link_type=1):
        self.path, self.link_type, self.packets = path, link_type, []

    def add(self, data, length=None):
        self.packets.append((data[:length], len(data)))

    def write(self):
        with open(self.path, "wb") as out:
            out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, self.link_type))
            for number, (data, length) in enumerate(self.packets):
                out.write(struct.pack("<IIII", 1700000000, number * 1000, len(data), length) + data)


def mac(last):
    return bytes([2, 0, 0, 0, 0, last])


def cisco(target, protocol, body):
    """An 802.3 frame with LLC, SNAP and a protocol of Cisco's; its length counts these."""
    body = bytes.fromhex("aaaa0300000c") + struct.pack(">H", protocol) + body
    return bytes.fromhex(target) + mac(1) + struct.pack(">H", len(body)) + body


# --- PVST+ ---

def bpdu(version, kind, flags, vlan, rest=b""):
    def bridge(last):
        return struct.pack(">H", 0x8000 | vlan) + mac(last)

    return (struct.pack(">HBBB", 0, version, kind, flags) + bridge(1) + struct.pack(">I", 4) + bridge(2) +
            struct.pack(">HHHHH", 0x8001, 256, 20 * 256, 2 * 256, 15 * 256) + rest)


def tlv(kind, value, length=None):
    return struct.pack(">HH", kind, len(value) if length is None else length) + value


def pvst(folder):
    capture = Capture(os.path.join(folder, "pvst.pcap"))
    origin = tlv(0, struct.pack(">H", 10))

    def add(body):
        capture.add(cisco("01000ccccccd", 0x010b, body))

    add(bpdu(0, 0, 0, 10, b"\0" + origin))                      # STP: 35 bytes, padding, the VLAN
    add(bpdu(2, 2, 0x3c, 10, b"\0" + origin))                   # RSTP
    add(bpdu(2, 2, 0x7d, 10, b"\0" + origin + tlv(7, b"odd")))  # a TLV that nobody knows
    add(bpdu(2, 2, 0x3c, 10, b"\0"))                            # no VLAN
    add(bpdu(2, 2, 0x3c, 10, b"\0" + tlv(0, b"\0\0\x0a")))      # a VLAN of three bytes
    add(bpdu(2, 2, 0x3c, 10, b"\0" + tlv(0, b"\x0a", 2)))       # one that is cut off
    add(bpdu(2, 2, 0x3c, 10, b"\0" + origin + b"\0\x09\0"))     # half a TLV
    add(struct.pack(">HBB", 0, 0, 0x80))                        # topology change
    capture.write()


def main():
    folder = sys.argv[1]
    pvst(folder)


if __name__ == "__main__":
    main()
