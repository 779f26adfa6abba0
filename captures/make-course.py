#!/usr/bin/env python3
"""Puts the captures together that docs/labs.md shows: parts of our own recordings, one after another.

    make-course.py RECORDINGS MORE FOLDER

RECORDINGS has traffic recorded in network namespaces, MORE what record-course.py wrote.  Times within
a part are kept, parts follow each other by a second, each begins with a comment.
"""
import struct
import sys
import os
import importlib.util

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location(
    "make_tour", os.path.join(os.path.dirname(os.path.abspath(__file__)), "make-tour.py"))
tour = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tour)

# Capture: parts of it: file (R/ of RECORDINGS, M/ of MORE), packets, bytes kept of each (0: all), comment
COURSE = {
    "echo-course": [
        ("M/echo", "1-6", 0, "UDP echo on port 3333"),
        ("M/echo", "7-19", 0, "TCP echo on port 4444"),
        ("M/echo", "20-21", 0, "UDP to a port where nobody listens"),
    ],
    "ftp-course": [
        ("R/ftp-active", "4-34,38,102-108", 0, "FTP in active mode: PORT"),
        ("R/ftp-passive", "298-334", 0, "FTP in passive mode: EPSV"),
    ],
    "mail-course": [
        ("R/smtp-auth", "26-52", 0, "SMTP with AUTH LOGIN"),
        ("R/mail-e2e", "45-47,50-64", 0, "POP3: the mail is fetched"),
        ("R/mail-e2e", "24-44,48-49", 0, "IMAP: the mail is fetched"),
    ],
    "tls-course": [
        ("R/smtp-starttls", "57-75", 0, "SMTP and STARTTLS on port 587"),
        ("R/smtp-starttls", "31-56", 0, "SMTP in TLS from the start, on port 465"),
    ],
    "dns-course": [
        ("R/dns-basic", "4-13,18-25,57-58", 0, "DNS by type: A, AAAA, MX, NS, CNAME, TXT, SOA, SRV, PTR"),
        ("R/dns-errors", "4-7", 0, "No such name, and a name without that type"),
        ("R/dns-tcp", "5-22", 0, "Truncated, and asked again over TCP"),
        ("R/dns-recursive-any", "3,6-9,12-16", 0, "Recursive on one side, iterative on the other"),
        ("M/forged", "1-3", 0, "A forged answer is faster"),
        ("M/reflected", "1-15", 0, "Amplification, seen at the server"),
    ],
    "icmp-course": [
        ("R/icmp-echo", "5-6,8-9", 0, "Ping"),
        ("R/traceroute", "3-8", 0, "Traceroute with UDP"),
        ("R/icmp-errors", "3-6,21-22", 0, "Unreachable: port, by a firewall, host"),
        ("R/pmtu", "4-5,7-10", 0, "Fragmentation needed"),
    ],
    "arp-course": [
        ("R/arp", "1-2,7-19", 0, "ARP: asking, probing, announcing"),
        ("M/poison", "1-12", 0, "ARP poisoning"),
    ],
    "tcp-course": [
        ("R/tcp-basic", "4-19", 0, "From handshake to FIN"),
        ("R/tcp-refused", "4-6,10-14", 0, "Refused, not answered, forbidden"),
        ("M/scan", "1-17", 0, "A scan of ports by SYN"),
        ("R/tcp-reset", "3-13,15", 0, "Reset by the client, reset by the server"),
        ("R/tcp-exact", "4-52", 128, "Loss and reordering"),
        ("R/tcp-zerowindow", "3-13,17-18,20-29", 128, "A window that closes, and opens again"),
        ("R/tcp-options", "4-5,7-38", 128, "ECN"),
    ],
    "bittorrent-course": [
        ("R/bt-tcp", "3-53", 0, "A tracker, a peer over TCP, and the first piece"),
        ("R/bt-utp-dht", "14-15,18-21,24-25,28,42,46", 0, "A peer over uTP, found by the DHT"),
        ("R/bt-utp-dht", "16-17,22-23,26-27", 0, "Nodes of the DHT"),
    ],
}


def numbers_of(text):
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def capture_of(name, parts, folders):
    interfaces, blocks, now = {}, [], 1_800_000_000 * 10 ** 9
    for path, numbers, kept, words in parts:
        folder, _, stem = path.partition("/")
        link, packets = tour.read_pcap("%s/%s.pcap" % (folders[folder], stem))
        chosen = [packets[n - 1] for n in numbers_of(numbers)]
        start = chosen[0][0]
        interfaces.setdefault(link, len(interfaces))
        for i, (ns, held, length) in enumerate(chosen):
            at = (now + ns - start) // 1000
            held = held[:kept] if kept else held
            body = struct.pack("<IIIII", interfaces[link], at >> 32, at & 0xffffffff, len(held), length)
            body += held + b"\0" * (-len(held) % 4)
            if i == 0:
                body += tour.option(1, words.encode()) + tour.option(0, b"")
            blocks.append(tour.block(6, body))
        now += max(ns for ns, _, _ in chosen) - start + 10 ** 9
    out = tour.block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1)
                     + tour.option(4, b"peel's captures/make-course.py") + tour.option(0, b""))
    for link in interfaces:
        out += tour.block(1, struct.pack("<HHI", link, 0, 262144) + tour.option(2, name.encode())
                          + tour.option(9, b"\x06") + tour.option(0, b""))
    return out + b"".join(blocks)


def main():
    folders = {"R": sys.argv[1], "M": sys.argv[2]}
    for name, parts in COURSE.items():
        with open("%s/%s.pcapng" % (sys.argv[3], name), "wb") as out:
            out.write(capture_of(name, parts, folders))


if __name__ == "__main__":
    main()
