#!/usr/bin/env python3
"""Makes bt-tracker.pcap: what peers ask trackers, over UDP and HTTP; and uTP whose beginning is missing.

    make-tracker.py FOLDER
"""
import importlib.util
import os
import struct
import sys

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location(
    "make_mail", os.path.join(os.path.dirname(os.path.abspath(__file__)), "make-mail.py"))
mail = importlib.util.module_from_spec(spec)
spec.loader.exec_module(mail)

HASH, PEER = bytes(range(1, 21)), b"-XX0100-abcdefghijkl"


def datagram(data, back=False, ports=(6881, 6969), v6=False):
    mail.datagram(data, back, ports, v6)


def announce(connection, transaction, event, options=b""):
    return (struct.pack(">QII", connection, 1, transaction) + HASH + PEER + struct.pack(">QQQ", 1000, 5000, 20) +
            struct.pack(">IIIiH", event, 0, 0x1234, -1, 6881) + options)


def udp():
    datagram(struct.pack(">QII", 0x41727101980, 0, 7))
    datagram(struct.pack(">IIQ", 0, 7, 99), True)
    datagram(announce(99, 8, 2, b"\x02\x0a/announce?\x02\x04key1\x01\x05\x02ab\x00"))
    datagram(struct.pack(">IIIII", 1, 8, 1800, 3, 2) + bytes([192, 0, 2, 7, 0x1a, 0xe1, 198, 51, 100, 9, 0x1a, 0xe2]), True)
    datagram(struct.pack(">QII", 99, 2, 9) + HASH + HASH[::-1])
    datagram(struct.pack(">IIIIIIII", 2, 9, 5, 100, 3, 0, 0, 0), True)
    datagram(announce(98, 10, 3))
    datagram(struct.pack(">II", 3, 10) + b"Connection ID mismatch.", True)
    datagram(struct.pack(">IIIII", 1, 8, 1800, 3, 2) + bytes(7), True)
    datagram(struct.pack(">QII", 99, 1, 11) + HASH[:10])
    datagram(b"something else", True)
    datagram(struct.pack(">QII", 0x41727101980, 0, 7), v6=True)
    datagram(struct.pack(">IIQ", 0, 7, 99), True, v6=True)
    datagram(announce(99, 8, 1), v6=True)
    datagram(struct.pack(">IIIII", 1, 8, 1800, 3, 2) + mail.CLIENT6 + b"\x1a\xe1", True, v6=True)


def escaped(data):
    return "".join("%%%02X" % byte for byte in data).encode()


def answer(talk, body, kind=b"text/plain"):
    talk.server(b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def http():
    talk = mail.Talk(40600, 80)
    talk.client(b"GET /announce?info_hash=" + escaped(HASH) + b"&peer_id=" + escaped(PEER) +
                b"&port=6881&uploaded=20&downloaded=1000&left=5000&event=started&numwant=50&compact=1 HTTP/1.1\r\n"
                b"Host: tracker.example\r\n\r\n")
    answer(talk, b"d8:completei2e10:incompletei3e8:intervali1800e12:min intervali60e5:peers12:" +
           bytes([192, 0, 2, 7, 0x1a, 0xe1, 198, 51, 100, 9, 0x1a, 0xe2]) + b"6:peers618:" + mail.CLIENT6 + b"\x1a\xe1" + b"e")
    talk.client(b"GET /announce?info_hash=" + escaped(HASH) + b"&event=stopped HTTP/1.1\r\nHost: tracker.example\r\n\r\n")
    answer(talk, b"d8:intervali900e5:peersld2:ip9:192.0.2.77:peer id20:" + PEER + b"4:porti6881eeee")
    talk.client(b"GET /scrape?info_hash=" + escaped(HASH) + b" HTTP/1.1\r\nHost: tracker.example\r\n\r\n")
    answer(talk, b"d5:filesd20:" + HASH + b"d8:completei5e10:downloadedi100e10:incompletei3eeee", b"application/octet-stream")
    talk.client(b"GET /announce?info_hash=short HTTP/1.1\r\nHost: tracker.example\r\n\r\n")
    answer(talk, b"d14:failure reason17:torrent not knowne")
    talk.client(b"GET /announce?info_hash=" + escaped(HASH) + b" HTTP/1.1\r\nHost: tracker.example\r\n\r\n")
    answer(talk, b"d8:intervali900e5:peers7:1234567x")
    talk.close()


def utp(kind, connection, sequence, acknowledged, data=b""):
    return struct.pack(">BBHIIIHH", kind << 4 | 1, 0, connection, 1000 + sequence, 30, 65536, sequence, acknowledged) + data


def late_utp():
    """The SYN is missing: both sides must agree before it is one."""
    ports = (40700, 40701)
    datagram(utp(0, 501, 10, 20, b"a piece of something"), ports=ports)
    datagram(utp(2, 500, 21, 10), True, ports)
    datagram(utp(0, 501, 11, 20, b"more of it"), ports=ports)
    datagram(utp(2, 500, 21, 11), True, ports)
    datagram(utp(1, 501, 12, 20), ports=ports)
    ports = (40702, 40703)                              # looks alike, but the numbers have nothing to do with each other
    datagram(utp(0, 501, 10, 20, b"a piece of something"), ports=ports)
    datagram(utp(2, 777, 21, 10), True, ports)


for make in (udp, http, late_utp):
    make()
mail.write(os.path.join(sys.argv[1], "bt-tracker.pcap"))
