#!/usr/bin/env python3
"""Makes dns-idn.pcap: names of hosts in other scripts, coded well and badly.

    make-idn.py FOLDER
"""
import os
import struct
import sys

CLIENT, SERVER = bytes([192, 0, 2, 1]), bytes([192, 0, 2, 53])
packets = []


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return 0xffff - total


def send(data, back):
    source, target = (SERVER, CLIENT) if back else (CLIENT, SERVER)
    ports = (53, 40000) if back else (40000, 53)
    udp = struct.pack(">HHHH", *ports, 8 + len(data), 0) + data
    pseudo = source + target + struct.pack(">BBH", 0, 17, len(udp))
    udp = udp[:6] + struct.pack(">H", checksum(pseudo + udp) or 0xffff) + udp[8:]
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0x4000, 64, 17, 0) + source + target
    ip = ip[:10] + struct.pack(">H", checksum(ip)) + ip[12:]
    packets.append(bytes([2, 0, 0, 0, 0, 2 - back, 2, 0, 0, 0, 0, 1 + back, 8, 0]) + ip + udp)


def name(*labels):
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def coded(word):
    return b"xn--" + word.encode("punycode")


def ask(number, owner, kind=1, *answers):
    question = owner + struct.pack(">HH", kind, 1)
    send(struct.pack(">HHHHHH", number, 0x0100, 1, 0, 0, 0) + question, False)
    records = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(data)) + data for kind, data in answers)
    send(struct.pack(">HHHHHH", number, 0x8180, 1, len(answers), 0, 0) + question + records, True)


ask(1, name(coded("bücher"), b"example"), 1, (5, name(coded("книги"), b"example")), (1, bytes([192, 0, 2, 80])))
ask(2, name(b"www", coded("例え"), coded("テスト")), 15, (15, b"\0\x0a" + name(b"mail", coded("δοκιμή"))))
ask(3, name(b"XN--Bcher-KVA", b"example"))
ask(4, name(b"xn--", b"example"))
ask(5, name(b"xn--a\x80b", b"example"))
ask(6, name(b"xn--99999999999", b"example"))
ask(7, name(coded("safe\u202egpjexe"), b"example"))        # turns the direction of what follows
ask(8, name(coded("a\u009b31mred\u0085"), b"example"))         # would be a command to a terminal
ask(9, name(coded("שלום"), b"example"))
ask(10, name(b"xn--" + b"a" * 59, b"xn--" + b"9" * 59, b"xn--" + b"z" * 59, b"xn--" + b"0" * 50))

with open(os.path.join(sys.argv[1], "dns-idn.pcap"), "wb") as out:
    out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
    for at, data in enumerate(packets):
        out.write(struct.pack("<IIII", 1700000000, at * 1000, len(data), len(data)) + data)
