#!/usr/bin/env python3
"""Puts captures/tour.pcapng together: parts of our own recordings, one after another.

    make-tour.py RECORDINGS OWN >tour.pcapng

RECORDINGS is a folder of traffic recorded in network namespaces, OWN this one.  Times within
a part are kept, parts follow each other by a second, each begins with a comment.
"""
import struct
import sys

# file, packets (from 1), what the comment says
PARTS = [
    ("R/arp", range(1, 9), "ARP: who has which address"),
    ("R/dns-basic", range(2, 14), "DNS: names asked for, and answered"),
    ("R/tcp-basic", range(4, 20), "TCP: a connection from handshake to close"),
    ("R/http-basic", range(80, 103), "HTTP: requests and responses, over IPv6 too"),
    ("R/icmp-echo", range(4, 12), "ICMP: ping"),
    ("R/icmp-errors", range(1, 13), "ICMP: errors, which quote the packet they are about"),
    ("R/ipv6-nd", range(1, 15), "ICMPv6: neighbour and router discovery"),
    ("R/multicast", range(1, 9), "IGMP and MLD: groups joined and left"),
    ("R/ip-frag", range(3, 15), "IPv4 fragments, put together again"),
    ("R/smtp-basic", range(3, 27), "SMTP: a mail is sent"),
    ("R/pop3", range(3, 25), "POP3: a mail is fetched"),
    ("R/ftp-passive", range(3, 19), "FTP: the control connection"),
    ("O/mdns", range(1, 5), "mDNS"),
    ("O/llmnr", range(1, 5), "LLMNR"),
    ("R/encap-vlan", range(5, 13), "802.1Q: a VLAN tag"),
    ("R/encap-qinq", range(5, 11), "802.1ad: a tag within a tag"),
    ("R/encap-llcsnap", range(5, 9), "IP in 802.3 with LLC and SNAP"),
    ("R/stp", range(1, 4), "LLC: spanning tree, shown as bytes as yet"),
    ("R/encap-pppoe", range(5, 11), "PPPoE: a session"),
    ("O/ppp", range(1, 9), "PPP: the link is set up"),
    ("R/cap-any-sll1", range(1, 7), "Linux cooked capture, version 1"),
    ("R/cap-any-sll2", range(1, 7), "Linux cooked capture, version 2"),
    ("O/null", range(1, 5), "BSD loopback"),
    ("R/cap-tun", range(1, 5), "IP without a link layer"),
]


def read_pcap(path):
    """(link type, [(ns, bytes, length)])"""
    data = open(path, "rb").read()
    magic = struct.unpack_from("<I", data)[0]
    order = "<" if magic in (0xa1b2c3d4, 0xa1b23c4d) else ">"
    magic, _, _, _, _, _, link = struct.unpack_from(order + "IHHiIII", data)
    scale = 1 if magic == 0xa1b23c4d else 1000
    at, packets = 24, []
    while at < len(data):
        seconds, fraction, held, length = struct.unpack_from(order + "IIII", data, at)
        packets.append((seconds * 10 ** 9 + fraction * scale, data[at + 16:at + 16 + held], length))
        at += 16 + held
    return link & 0xffff, packets


def option(code, value):
    return struct.pack("<HH", code, len(value)) + value + b"\0" * (-len(value) % 4)


def block(kind, body):
    size = len(body) + 12
    return struct.pack("<II", kind, size) + body + struct.pack("<I", size)


def main():
    folders = {"R": sys.argv[1], "O": sys.argv[2]}
    interfaces, blocks, now = {}, [], 1_800_000_000 * 10 ** 9
    for name, numbers, words in PARTS:
        folder, _, stem = name.partition("/")
        link, packets = read_pcap("%s/%s.pcap" % (folders[folder], stem))
        chosen = [packets[n - 1] for n in numbers if n <= len(packets)]
        start = chosen[0][0]
        interfaces.setdefault(link, len(interfaces))
        for i, (ns, held, length) in enumerate(chosen):
            at = (now + ns - start) // 1000
            body = struct.pack("<IIIII", interfaces[link], at >> 32, at & 0xffffffff, len(held), length)
            body += held + b"\0" * (-len(held) % 4)
            if i == 0:
                body += option(1, words.encode()) + option(0, b"")
            blocks.append(block(6, body))
        now += max(ns for ns, _, _ in chosen) - start + 10 ** 9
    out = block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1)
                + option(4, b"peel's captures/make-tour.py") + option(0, b""))
    for link in interfaces:
        out += block(1, struct.pack("<HHI", link, 0, 262144) + option(2, b"tour-%d" % link)
                     + option(9, b"\x06") + option(0, b""))
    sys.stdout.buffer.write(out + b"".join(blocks))


if __name__ == "__main__":
    main()
