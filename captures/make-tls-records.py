#!/usr/bin/env python3
"""Makes captures/tls-records.pcapng: TLS 1.2 with its key log inside, and a body of HTTP in small records, several of
them in a segment.  Needs the module cryptography.

    make-tls-records.py FILE
"""
import hashlib
import hmac
import struct
import sys

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CLIENT, SERVER = bytes([192, 0, 2, 1]), bytes([198, 51, 100, 2])
PORT = 40000
RANDOMS = [bytes(range(32)), bytes(range(32, 64))]
MASTER = bytes(range(64, 112))
SUITE = 0x009c  # TLS_RSA_WITH_AES_128_GCM_SHA256


def prf(secret, seed, n):
    out, a = b"", seed
    while len(out) < n:
        a = hmac.new(secret, a, hashlib.sha256).digest()
        out += hmac.new(secret, a + seed, hashlib.sha256).digest()
    return out[:n]


class Side:
    def __init__(self, key, salt):
        self.key, self.salt, self.number = key, salt, 0

    def seal(self, kind, plain):
        explicit = struct.pack(">Q", self.number)
        head = explicit + struct.pack(">BHH", kind, 0x0303, len(plain))
        self.number += 1
        return record(kind, explicit + AESGCM(self.key).encrypt(self.salt + explicit, plain, head))


def record(kind, content):
    return struct.pack(">BHH", kind, 0x0303, len(content)) + content


def handshake(kind, content):
    return struct.pack(">I", kind << 24 | len(content)) + content


def block(kind, body):
    body += bytes(-len(body) % 4)
    return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)


class Connection:
    def __init__(self):
        keys = prf(MASTER, b"key expansion" + RANDOMS[1] + RANDOMS[0], 40)
        self.sides = [Side(keys[:16], keys[32:36]), Side(keys[16:32], keys[36:40])]
        self.next = [1000, 5000]
        self.time_us = 1700000000 * 1000000
        secrets = f"CLIENT_RANDOM {RANDOMS[0].hex()} {MASTER.hex()}\n".encode()
        self.out = block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1))
        self.out += block(1, struct.pack("<HHI", 101, 0, 0))
        self.out += block(10, struct.pack("<II", 0x544c534b, len(secrets)) + secrets)

    def send(self, side, flags, payload=b""):
        ends = [(CLIENT, PORT), (SERVER, 443)]
        source, target = ends[side], ends[not side]
        tcp = struct.pack(">HHIIBBHHH", source[1], target[1], self.next[side],
                          self.next[not side] if flags & 16 else 0, 0x50, flags, 64240, 0, 0) + payload
        ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0) + source[0] + target[0]
        packet = ip + tcp
        self.next[side] += len(payload) + bool(flags & 3)
        self.time_us += 1000
        self.out += block(6, struct.pack("<IIIII", 0, self.time_us >> 32, self.time_us & 0xffffffff,
                                         len(packet), len(packet)) + packet)


def main():
    c = Connection()
    c.send(0, 2)
    c.send(1, 18)
    c.send(0, 16)
    hello = b"\3\3" + RANDOMS[0] + b"\0" + struct.pack(">HHBB", 2, SUITE, 1, 0)
    c.send(0, 24, record(22, handshake(1, hello)))
    answer = b"\3\3" + RANDOMS[1] + b"\0" + struct.pack(">HB", SUITE, 0)
    c.send(1, 24, record(22, handshake(2, answer) + handshake(14, b"")))
    client, server = c.sides
    c.send(0, 24, record(22, handshake(16, b"\0\4abcd")) + record(20, b"\1") + client.seal(22, handshake(20, bytes(12))))
    c.send(1, 24, record(20, b"\1") + server.seal(22, handshake(20, bytes(12))))
    c.send(0, 24, client.seal(23, b"GET / HTTP/1.1\r\nHost: peel.example\r\n\r\n"))
    body = b"".join(b"line %03d of what is sent\r\n" % n for n in range(14))
    text = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    pieces = [server.seal(23, text[at:at + 80]) for at in range(0, len(text), 80)]
    c.send(1, 24, pieces[0])
    c.send(1, 24, b"".join(pieces[1:4]))
    c.send(1, 24, b"".join(pieces[4:]))
    c.send(0, 17)
    c.send(1, 17)
    c.send(0, 17 - 1)
    with open(sys.argv[1], "wb") as file:
        file.write(c.out)


main()
