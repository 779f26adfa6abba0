#!/usr/bin/env python3
"""Writes dhcpv6.pcap: a lease, a relayed one, and each option that peel takes apart.

    captures/make-dhcpv6.py >captures/dhcpv6.pcap"""
import ipaddress
import struct
import sys

CLIENT, SERVER, RELAY = "fe80::ff:fe00:a", "2001:db8::1", "2001:db8:1::ff"
AGENTS, SERVERS = "ff02::1:2", "ff05::1:3"


def ip6(text):
    return ipaddress.IPv6Address(text).packed


def name(*labels):
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def option(code, value=b""):
    return struct.pack(">HH", code, len(value)) + value


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF or 0xFFFF


def packet(source, target, sport, dport, message):
    udp = struct.pack(">HHHH", sport, dport, 8 + len(message), 0) + message
    pseudo = ip6(source) + ip6(target) + struct.pack(">II", len(udp), 17)
    udp = udp[:6] + struct.pack(">H", checksum(pseudo + udp)) + udp[8:]
    ip = struct.pack(">IHBB", 6 << 28, len(udp), 17, 64) + ip6(source) + ip6(target)
    return bytes.fromhex("33330001000202000000000a86dd") + ip + udp


def message(kind, transaction, *options):
    return struct.pack(">I", kind << 24 | transaction) + b"".join(options)


def relayed(kind, hops, link, peer, *options):
    return bytes([kind, hops]) + ip6(link) + ip6(peer) + b"".join(options)


duid_time = struct.pack(">HHI", 1, 1, 793000000) + bytes.fromhex("02000000000a")
duid_vendor = struct.pack(">HI", 2, 9) + b"\x01\x02\x03\x04"
duid_link = struct.pack(">HH", 3, 1) + bytes.fromhex("020000000001")
duid_uuid = struct.pack(">H", 4) + bytes(range(16))
client, server = option(1, duid_time), option(2, duid_link)
address = option(5, ip6("2001:db8::1234") + struct.pack(">II", 3600, 7200))
identity = struct.pack(">III", 0x0A000001, 1800, 2880)
ask = option(6, struct.pack(">HHH", 23, 24, 39)) + option(8, struct.pack(">H", 150))
fqdn = option(39, b"\x01" + name(b"laptop", b"example"))
told = option(23, ip6("2001:db8::53") + ip6("2001:db8::54")) + option(24, name(b"example", b"org") + name(b"example", b"net"))

to_server, to_client = (CLIENT, AGENTS, 546, 547), (SERVER, CLIENT, 547, 546)
prefix = option(26, struct.pack(">IIB", 3600, 7200, 56) + ip6("2001:db8:100::") + option(67, b"\x40\x01\x80"))
packets = [
    to_server + (message(1, 0x0A0B0C, client, ask, option(3, identity), option(14), fqdn),),
    to_client + (message(2, 0x0A0B0C, client, server, option(3, identity + address), option(7, b"\xff"), told),),
    to_server + (message(3, 0x0A0B0D, client, server, option(3, identity + address), ask),),
    to_client + (message(7, 0x0A0B0D, client, server, option(3, identity + address), fqdn, told),),
    to_server + (message(5, 0x0A0B0E, client, server, option(25, identity + prefix)),),
    to_client + (message(7, 0x0A0B0E, client, server, option(25, identity + option(13, b"\0\x06no prefix is left"))),),
    to_server + (message(8, 0x0A0B0F, client, server, option(4, identity[:4] + address)),),
    to_client + (message(7, 0x0A0B0F, client, server, option(13, b"\0\0released")),),
    to_server + (message(11, 0x0A0B10, option(1, duid_vendor), option(6, struct.pack(">HH", 59, 65000))),),
    to_client + (message(10, 0, option(1, duid_uuid), option(2, duid_vendor), option(19, b"\x05"), option(20), option(11, bytes([3, 1, 0]) + bytes(8) + b"\x02" + bytes(range(16)))),),
    (RELAY, SERVERS, 547, 547, relayed(12, 1, "2001:db8:1::1", CLIENT, option(18, b"eth1/7"), option(37, struct.pack(">I", 9) + b"port7"), option(38, b"line 7"), option(9, message(1, 0x0A0B11, client, option(3, identity))))),
    (SERVER, RELAY, 547, 547, relayed(13, 1, "2001:db8:1::1", CLIENT, option(18, b"eth1/7"), option(9, message(2, 0x0A0B11, client, server, option(3, identity + address))))),
    (RELAY, SERVERS, 547, 547, relayed(12, 0, "2001:db8:2::1", "2001:db8:3::1", option(9, relayed(12, 0, "2001:db8:1::1", CLIENT, option(135, b"\x13\x88"), option(9, message(1, 0x0A0B12, client)))))),
    to_client + (message(7, 0x0A0B13,
        option(11, bytes([2, 1, 0]) + bytes(range(8)) + b"example.org" + struct.pack(">I", 7) + bytes(range(16))),
        option(12, ip6(SERVER)),
        option(15, b"\0\x04lab1\0\x03abc"), option(16, struct.pack(">I", 311) + b"\0\x08MSFT 5.0"),
        option(17, struct.pack(">I", 9) + option(1, b"abc") + option(2, b"\x01\x02")),
        option(21, name(b"sip", b"example", b"org")), option(22, ip6("2001:db8::60")),
        option(27, ip6("2001:db8::61")), option(28, ip6("2001:db8::62")), option(29, name(b"nis", b"example")), option(30, name(b"nisp", b"example")),
        option(31, ip6("2001:db8::63") + ip6("2001:db8::64")), option(32, struct.pack(">I", 86400)),
        option(33, name(b"bcm", b"example")), option(34, ip6("2001:db8::65")),
        option(40, ip6("2001:db8::66")), option(41, b"EST5EDT4,M3.2.0/02:00,M11.1.0/02:00"), option(42, b"Europe/Berlin"),
        option(43, struct.pack(">HH", 18, 37)),
        option(52, ip6("2001:db8::67")),
        option(56, option(1, ip6("2001:db8::123")) + option(2, ip6("ff05::101")) + option(3, name(b"ntp", b"example", b"org"))),
        option(59, b"tftp://[2001:db8::69]/boot"), option(64, name(b"aftr", b"example", b"org")),
        option(103, b"https://portal.example.org/"), option(112, b"https://lamp.example.org/mud"),
    ),),
    to_client + (message(7, 0x0A0B14,
        option(61, struct.pack(">HH", 7, 9)), option(62, b"\x01\x03\x10"), option(79, b"\0\x01" + bytes.fromhex("020000000077")),
        option(82, struct.pack(">I", 3600)), option(83, struct.pack(">I", 7200)),
        option(94, option(89, b"\x01\x08\x18" + bytes([192, 0, 2, 0]) + b"\x28" + bytes.fromhex("20010db801") + option(93, b"\x06\x08\x12\x34")) + option(90, ip6("2001:db8::9"))),
        option(95, option(91, b"\x40" + ip6("2001:db8:64::")[:8])),
        option(96, option(92, bytes([192, 0, 2, 1]) + b"\x40" + ip6("2001:db8:5::")[:8])),
        option(166, ip6("2001:db8::70")), option(167, b"user@example.org"), option(65000, b"\x01\x02\x03"),
    ),),
    (SERVER, "2001:db8::2", 547, 547, message(14, 0x0A0B15, option(44, b"\x01" + ip6("2001:db8::") + option(6, struct.pack(">H", 3))))),
    ("2001:db8::2", SERVER, 547, 547, message(15, 0x0A0B15, option(45, client + address + option(46, struct.pack(">I", 300))), option(48, ip6("2001:db8::a")), option(47, ip6(CLIENT) + b"relayed"))),
    (SERVER, "2001:db8::2", 547, 547, message(24, 0x0A0B16,
        option(114, b"\x01"), option(115, b"\0\x01"), option(119, b"\0\x0f"), option(120, struct.pack(">I", 1000)),
        option(117, name(b"host", b"example")), option(118, name(b"example", b"org")),
        option(121, struct.pack(">I", 10)), option(122, struct.pack(">I", 3600)), option(123, struct.pack(">I", 60)), option(124, struct.pack(">I", 61)),
        option(125, struct.pack(">I", 62)), option(126, struct.pack(">I", 63)), option(127, struct.pack(">HH", 1, 0)), option(128, struct.pack(">I", 64)),
        option(129, struct.pack(">I", 65) + b"\x01\x02"), option(130, b"pair"), option(131, b"\x07"), option(132, b"\x02"), option(133, struct.pack(">I", 66)), option(134, struct.pack(">I", 67)))),
    # An option longer than the message, one too short for its value, a name that never ends.
    to_server + (message(1, 0x0A0B17, client, struct.pack(">HH", 8, 40) + b"\0\1"),),
    to_server + (message(1, 0x0A0B18, option(8, b"\1"), option(23, b"\1\2\3"), option(1, b"\0"), option(3, b"\0\0"), client),),
    to_server + (message(1, 0x0A0B19, option(24, b"\x3fabc"), option(39, b"\x05" + b"plain"), client),),
    to_server + (message(1, 0x0A0B1A, option(39, b"\x05\0"), option(24, b"\0"), client),),
]

out = sys.stdout.buffer
out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
for n, (source, target, sport, dport, body) in enumerate(packets):
    frame = packet(source, target, sport, dport, body)
    out.write(struct.pack("<IIII", 1767225600, n * 1000, len(frame), len(frame)) + frame)
