#!/usr/bin/env python3
"""Makes captures/quic-frames.pcap: Initial packets, which anybody can open, with every kind of frame, and others
that are wrong in one way each.  Needs the module cryptography.

    make-quic.py FILE
"""
import hashlib
import hmac
import struct
import sys

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SALTS = {1: bytes.fromhex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a"),
         0x6b3343cf: bytes.fromhex("0dede3def700a6db819381be6e269dcbf9bd2ed9")}
DCID = bytes.fromhex("0102030405060708")
CLIENT, SERVER = bytes.fromhex("c1c2c3c4"), bytes.fromhex("51525354")


def varint(n):
    for size, mark in ((1, 0), (2, 0x40), (4, 0x80), (8, 0xc0)):
        if n < 1 << (8 * size - 2):
            return (n | mark << 8 * (size - 1)).to_bytes(size, "big")
    raise ValueError(n)


def expand(secret, label, n):
    label = b"tls13 " + label
    info = struct.pack(">HB", n, len(label)) + label + b"\0\1"
    return hmac.new(secret, info, hashlib.sha256).digest()[:n]


class Keys:
    def __init__(self, version, side, first):
        start = hmac.new(SALTS[version], first, hashlib.sha256).digest()
        secret = expand(start, side + b" in", 32)
        prefix = b"quic " if version == 1 else b"quicv2 "
        self.key, self.iv, self.hp = (expand(secret, prefix + name, n)
                                      for name, n in ((b"key", 16), (b"iv", 12), (b"hp", 16)))

    def seal(self, head, number, payload):
        """`head` ends with the packet number, of one byte."""
        nonce = (int.from_bytes(self.iv, "big") ^ number).to_bytes(12, "big")
        sealed = AESGCM(self.key).encrypt(nonce, payload, head)
        mask = Cipher(algorithms.AES(self.hp), modes.ECB()).encryptor().update(sealed[3:19])
        return (bytes([head[0] ^ mask[0] & 15]) + head[1:-1] + bytes([head[-1] ^ mask[1]]) + sealed)


def initial(frames, number, version=1, client=True, token=b"", dcid=DCID, first_id=DCID, scid=CLIENT):
    mark = 0xc0 if version == 1 else 0xd0
    ids = (dcid, scid) if client else (CLIENT, SERVER)
    payload = frames.ljust(24, b"\0")
    head = (bytes([mark]) + version.to_bytes(4, "big") +
            b"".join(bytes([len(i)]) + i for i in ids) + varint(len(token)) + token +
            varint(1 + len(payload) + 16) + bytes([number]))
    return Keys(version, b"client" if client else b"server", first_id).seal(head, number, payload)


def retry(token, good=True):
    packet = b"\xff" + (1).to_bytes(4, "big") + b"\4" + CLIENT + b"\4" + SERVER + token
    pseudo = bytes([len(DCID)]) + DCID + packet
    tag = AESGCM(bytes.fromhex("be0c690b9f66575a1d766b54e368c84e")).encrypt(
        bytes.fromhex("461599d35d632bf2239825bb"), b"", pseudo)
    return packet + (tag if good else bytes(16))


def checksum(data):
    total = sum(struct.unpack(f">{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def datagram(payload, client=True, port=443, away=50443):
    ends = ("c0000201", "c0000202") if client else ("c0000202", "c0000201")
    a, b = (bytes.fromhex(e) for e in ends)
    ports = (away, port) if client else (port, away)
    udp = struct.pack(">HHHH", *ports, 8 + len(payload), 0) + payload
    total = checksum(a + b + struct.pack(">HH", 17, len(udp)) + udp) or 0xffff
    udp = udp[:6] + struct.pack(">H", total) + udp[8:]
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0) + a + b
    head = head[:10] + struct.pack(">H", checksum(head)) + head[12:]
    return bytes.fromhex("020000000002020000000001" if client else "020000000001020000000002") + b"\x08\0" + head + udp


def frame(kind, *numbers, rest=b""):
    return varint(kind) + b"".join(varint(n) for n in numbers) + rest


KINDS = [
    frame(0) * 5, frame(1), frame(2, 9, 100, 1, 2, 1, 3), frame(3, 9, 100, 0, 9, 1, 2, 3),
    frame(4, 4, 0x10c, 700), frame(5, 8, 0x10b), frame(7, 4, rest=b"tokn"),
    frame(8, 0, rest=b"to the end"), frame(0x0b, 3, 4, rest=b"data"), frame(0x0e, 7, 10, 2, rest=b"ab"),
    frame(0x10, 65536), frame(0x11, 4, 65536), frame(0x12, 100), frame(0x13, 3),
    frame(0x14, 5000), frame(0x15, 4, 6000), frame(0x16, 7), frame(0x17, 8),
    frame(0x18, 3, 1, rest=b"\x04\xde\xad\xbe\xef" + bytes(range(16))), frame(0x19, 2),
    frame(0x1a, rest=b"pathpath"), frame(0x1b, rest=b"pathpath"),
    frame(0x1c, 0x0a, 6, 3, rest=b"bad"), frame(0x1c, 0x128, 0, 0), frame(0x1d, 0x100, 4, rest=b"done"),
    frame(0x1e), frame(0x31, 5, rest=b"datag"), frame(0x30, rest=b"the rest"),
    frame(0xaf, 1, 2, 25000, rest=b"\x03"), frame(0xac), frame(0x2f5, 123456), frame(0x21, 1, 2),
]


def main(path):
    packets = []
    number = 0
    for kind in KINDS:
        last = kind[0] & 0xf9 == 8 and not kind[0] & 2 or kind[:1] == b"\x30"
        packets.append(datagram(initial(b"\0" * 20 + kind if last else kind + b"\0" * 20, number)))
        number += 1
    several = frame(6, 40, 4, rest=b"last") + frame(1) + frame(0x10, 9) + frame(6, 0, 4, rest=b"\1\0\0\x28")
    packets.append(datagram(initial(several, number)))
    packets.append(datagram(initial(frame(6, 4, 36, rest=bytes(36)), 0, client=False) + bytes(12), client=False))
    other = bytes.fromhex("2222222222222222")
    packets.append(datagram(initial(frame(1), 0, version=0x6b3343cf, dcid=other, first_id=other, scid=b"")
                            .ljust(1200, b"\0"), port=5443, away=50445))
    packets.append(datagram(retry(b"a token", False), client=False))
    packets.append(datagram(retry(b"a token"), client=False))
    packets.append(datagram(initial(frame(1), number + 1, token=b"a token", dcid=SERVER, first_id=SERVER)))
    packets.append(datagram(b"\x80" + bytes(4) + b"\4" + CLIENT + b"\x08" + DCID +
                            struct.pack(">III", 1, 0x6b3343cf, 0x1a2a3a4a), client=False))
    broken = bytearray(initial(frame(1), number + 2, dcid=SERVER, first_id=SERVER))
    broken[-1] ^= 1
    packets.append(datagram(bytes(broken)))
    packets.append(datagram(b"\xc0\xfa\xba\xda\xba\4" + CLIENT + b"\0" + bytes(30)))
    packets.append(datagram(b"\x41" + SERVER + bytes(range(30))))
    packets.append(datagram(b"\x41" + bytes(range(40)), client=False, away=50444))
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHIIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
        for i, packet in enumerate(packets):
            out.write(struct.pack("<IIII", 1764115200, i * 1000, len(packet), len(packet)) + packet)


if __name__ == "__main__":
    main(sys.argv[1])
