#!/usr/bin/env python3
"""Makes bt-utp-parts.pcap: messages in several packets of uTP, in order, out of order, again, and lost.

    make-bt-utp-parts.py FOLDER
"""
import os
import struct
import sys

PEERS = ("192.0.2.10", 7001), ("192.0.2.1", 7002)
DATA, FIN, STATE, RESET, SYN = range(5)
packets = []


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def send(side, kind, number, acknowledged, data=b"", connection=200):
    """One packet: side 0 opens connections, and sends the higher number but in its SYN."""
    own = connection + (side == 0 and kind != SYN)
    utp = struct.pack(">BBHIIIHH", kind << 4 | 1, 0, own, 1000 * len(packets), 9 if kind != SYN else 0,
                      65536, number, acknowledged) + data
    source, target = (bytes(map(int, PEERS[i][0].split("."))) for i in (side, 1 - side))
    udp = struct.pack(">HHHH", PEERS[side][1], PEERS[1 - side][1], 8 + len(utp), 0) + utp
    sum_of = checksum(source + target + struct.pack(">BBH", 0, 17, len(udp)) + udp)
    udp = udp[:6] + struct.pack(">H", sum_of or 0xffff) + udp[8:]
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0) + source + target
    ip = ip[:10] + struct.pack(">H", checksum(ip)) + ip[12:]
    packets.append(bytes([2, 0, 0, 0, 0, 2 - side, 2, 0, 0, 0, 0, 1 + side, 8, 0]) + ip + udp)


def piece(index, n):
    body = struct.pack(">BII", 7, index, 0) + bytes((index + i) % 251 for i in range(n))
    return struct.pack(">I", len(body)) + body


def handshake(peer):
    return b"\x13BitTorrent protocol" + bytes(8) + bytes(range(20)) + peer


UNCHOKE, HAVE = struct.pack(">IB", 1, 1), struct.pack(">IBI", 5, 4, 9)


def main():
    send(0, SYN, 65533, 0)
    send(1, STATE, 500, 65533)
    send(0, DATA, 65534, 499, handshake(b"-MK0001-opens-it----"))
    send(1, DATA, 500, 65534, handshake(b"-MK0001-answers-it--"))
    # A piece in three packets; numbers begin anew in their midst. The last has a message more.
    whole = piece(1, 600) + UNCHOKE
    send(0, DATA, 65535, 500, whole[:250])
    send(0, DATA, 0, 500, whole[250:500])
    send(0, DATA, 1, 500, whole[500:])
    # The second packet of the next piece overtakes the first, and the third comes twice.
    whole = piece(2, 500) + HAVE
    send(1, STATE, 501, 1)
    send(0, DATA, 3, 500, whole[200:400])
    send(0, DATA, 2, 500, whole[:200])
    send(0, DATA, 4, 500, whole[400:])
    send(0, DATA, 4, 500, whole[400:])
    # One that the capture lacks, but not the other side: the message is lost, the next one is not.
    whole = piece(3, 500)
    send(0, DATA, 5, 500, whole[:200])
    send(0, DATA, 7, 500, whole[400:])
    send(1, STATE, 501, 7)
    send(0, DATA, 8, 500, UNCHOKE + HAVE)
    send(0, FIN, 9, 500)
    # The same ends again, with another connection.
    send(0, SYN, 100, 0, connection=300)
    send(1, STATE, 900, 100, connection=300)
    send(0, DATA, 101, 899, handshake(b"-MK0001-once-more---")[:30], connection=300)
    send(0, DATA, 102, 899, handshake(b"-MK0001-once-more---")[30:], connection=300)
    with open(os.path.join(sys.argv[1], "bt-utp-parts.pcap"), "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1))
        for number, packet in enumerate(packets):
            file.write(struct.pack("<IIII", 1700000000, 1000 * number, len(packet), len(packet)) + packet)


main()
