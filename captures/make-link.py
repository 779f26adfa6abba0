#!/usr/bin/env python3
"""Makes captures of what stations and bridges of a link tell each other: lldp-med.pcap, pvst.pcap, cdp.pcap.

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


# --- CDP ---

def checksum(data):
    """As the Internet's; an odd last byte counts with its sign."""
    if len(data) % 2:
        last = data[-1]
        data = data[:-1] + (bytes([0, last]) if last < 128 else struct.pack(">H", (0xff00 | last) - 1 & 0xffff))
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return 0xffff - total


def cdp_packet(body, version=2, wrong=0):
    sum_of_all = checksum(bytes([version, 180, 0, 0]) + body) ^ wrong
    return bytes([version, 180]) + struct.pack(">H", sum_of_all) + body


def cdp_tlv(kind, value=b"", length=None):
    return struct.pack(">HH", kind, 4 + len(value) if length is None else length) + value


def cdp_address(protocol, address, kind=1):
    return bytes([kind, len(protocol)]) + protocol + struct.pack(">H", len(address)) + address


IPV6_PROTOCOL = bytes.fromhex("aaaa0300000086dd")


def cdp(folder):
    capture = Capture(os.path.join(folder, "cdp.pcap"))
    ip4, ip6 = bytes([192, 0, 2, 1]), bytes.fromhex("20010db8000000000000000000000001")

    def add(body, version=2, wrong=0):
        capture.add(cisco("01000ccccccc", 0x2000, cdp_packet(body, version, wrong)))

    name = cdp_tlv(1, b"switch-1.peel.example")
    port = cdp_tlv(3, b"GigabitEthernet0/1")
    addresses = struct.pack(">I", 2) + cdp_address(b"\xcc", ip4) + cdp_address(IPV6_PROTOCOL, ip6, 2)
    add(name + cdp_tlv(2, addresses) + port + cdp_tlv(4, struct.pack(">I", 0x28)) +
        cdp_tlv(5, b"Switch Software, Version 1.2\nBuilt by nobody\n") + cdp_tlv(6, b"Switch 3") +
        cdp_tlv(9, b"peel") + cdp_tlv(10, b"\x00\x0a") + cdp_tlv(11, b"\x01") + cdp_tlv(18, b"\x00") +
        cdp_tlv(19, b"\x00") + cdp_tlv(22, struct.pack(">I", 1) + cdp_address(b"\xcc", ip4)) +
        cdp_tlv(26, struct.pack(">HHII", 0, 1, 15400, 0xffffffff)) + cdp_tlv(31, b"\x05"))
    add(cdp_tlv(1, b"phone-1") + cdp_tlv(3, b"Port 1") + cdp_tlv(4, struct.pack(">I", 0x7d7)) +
        cdp_tlv(7, b"\xc0\x00\x02\x00\x18\xcb\x00\x71\x00\x18") + cdp_tlv(7, ip4) +
        cdp_tlv(11, b"\x00") + cdp_tlv(14, b"\x01\x00\x14") + cdp_tlv(15, b"\x20\x02\x00\x14") +
        cdp_tlv(16, b"\x18\x9c") + cdp_tlv(17, struct.pack(">I", 1500)) + cdp_tlv(20, b"phone") +
        cdp_tlv(21, b"\x06\x01\x04") + cdp_tlv(23, b"\x00Room 7") +
        cdp_tlv(25, struct.pack(">HHII", 1, 2, 6300, 0)) + cdp_tlv(24, b"x") + cdp_tlv(27, b"\x00") +
        cdp_tlv(14, b"\x01") + cdp_tlv(15, b"\x01"), 1)
    add(name + cdp_tlv(8, bytes.fromhex("00000c0112" "c0000201" "ffffffff" "01" "02" "03" "04" "020000000001" "020000000002" "05" "0001")) +
        cdp_tlv(8, bytes.fromhex("00000c9999" "0102030405")) + cdp_tlv(0x1003, b"\x24") + cdp_tlv(0x1d, b"\x00" * 24))
    add(name + cdp_tlv(2, struct.pack(">I", 3) + cdp_address(b"\x81", b"\x49\x00\x01") +
                       cdp_address(b"\xcc", b"\xc0") + cdp_address(b"\xcc", ip4)[:7]), 2, 0x0101)
    add(name + cdp_tlv(3, b"", 3) + port)                   # a length below 4
    add(name + cdp_tlv(3, b"cut", 40))                      # one beyond the packet
    add(name + cdp_tlv(1, b"odd\x90"[:4]) + b"\x90")        # an odd number of bytes
    add(b"")
    capture.write()


# --- LLDP-MED ---

def lldp_tlv(kind, value=b""):
    return struct.pack(">H", kind << 9 | len(value)) + value


def med(subtype, value=b""):
    return lldp_tlv(127, bytes.fromhex("0012bb") + bytes([subtype]) + value)


def lldp_med(folder):
    capture = Capture(os.path.join(folder, "lldp-med.pcap"))

    def add(*tlvs):
        capture.add(bytes.fromhex("0180c200000e") + mac(1) + b"\x88\xcc" + lldp_tlv(1, b"\x04" + mac(1)) +
                    lldp_tlv(2, b"\x051") + lldp_tlv(3, b"\0\x78") + b"".join(tlvs) + lldp_tlv(0))

    add(med(1, b"\x00\x3f\x03"), med(2, b"\x01\x40\x14\x6e"), med(2, b"\x02\x80\x00\x00"), med(2, b"\x63\x00\x02\x2e"),
        med(4, b"\x53\x00\x3f"), med(4, b"\x02\x00\x82"),
        *(med(5 + at, words) for at, words in enumerate((b"1", b"boot 2", b"app 3", b"SN4", b"Maker", b"Model 6", b"A7"))))
    add(med(3, b"\x01" + bytes.fromhex("3cc6900000b8fdf80000121c000001")[:15] + b"\x01"),
        med(3, b"\x02\x0f\x02US\x01\x02NY\x06\x06Street"), med(3, b"\x03" b"15551234567"),
        med(3, b"\x00"), med(12, b"what"))
    add(med(1, b"\x00"))
    add(med(3, b"\x02\x20\x02DE\x03\x20City"))
    add(med(4, b"\x10\x01"), med(8, b""))
    capture.write()


def main():
    folder = sys.argv[1]
    lldp_med(folder)
    pvst(folder)
    cdp(folder)


if __name__ == "__main__":
    main()
