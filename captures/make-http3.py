#!/usr/bin/env python3
"""Makes captures/http3.pcapng: a connection of QUIC whose handshake has only what is needed to open it, with the key log;
bodies of HTTP/3 in several frames, packed, sent again, out of order, and ended in a frame of its own.  Needs the
module cryptography.

    make-http3.py FILE
"""
import gzip
import importlib.util
import os
import struct
import sys

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

spec = importlib.util.spec_from_file_location("make_quic", os.path.join(os.path.dirname(__file__), "make-quic.py"))
quic = importlib.util.module_from_spec(spec)
spec.loader.exec_module(quic)

RANDOM = bytes(range(32))
SECRETS = {"CLIENT_HANDSHAKE_TRAFFIC_SECRET": bytes([1]) * 32, "SERVER_HANDSHAKE_TRAFFIC_SECRET": bytes([2]) * 32,
           "CLIENT_TRAFFIC_SECRET_0": bytes([3]) * 32, "SERVER_TRAFFIC_SECRET_0": bytes([4]) * 32}
TOKEN = bytes(range(0xa0, 0xb0))


class Keys(quic.Keys):
    def __init__(self, secret):
        self.key, self.iv, self.hp = (quic.expand(secret, b"quic " + name, n)
                                      for name, n in ((b"key", 16), (b"iv", 12), (b"hp", 16)))

    def seal_short(self, dcid, number, payload):
        head = b"\x40" + dcid + bytes([number])
        nonce = (int.from_bytes(self.iv, "big") ^ number).to_bytes(12, "big")
        sealed = AESGCM(self.key).encrypt(nonce, payload.ljust(24, b"\0"), head)
        mask = Cipher(algorithms.AES(self.hp), modes.ECB()).encryptor().update(sealed[3:19])
        return bytes([head[0] ^ mask[0] & 31]) + dcid + bytes([number ^ mask[1]]) + sealed


def handshake(kind, body):
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def extension(kind, body):
    return struct.pack(">HH", kind, len(body)) + body


def extensions(*all_of):
    return struct.pack(">H", len(b"".join(all_of))) + b"".join(all_of)


def crypto(message):
    return quic.frame(6, 0, len(message), rest=message)


ALPN = extension(16, b"\0\3\2h3")
CLIENT_HELLO = handshake(1, b"\3\3" + RANDOM + b"\0" + b"\0\2\x13\1" + b"\1\0" + extensions(
    extension(43, b"\2\3\4"), ALPN))
SERVER_HELLO = handshake(2, b"\3\3" + bytes(32) + b"\0" + b"\x13\1" + b"\0" + extensions(extension(43, b"\3\4")))
# stateless_reset_token
ENCRYPTED = handshake(8, extensions(ALPN, extension(57, b"\2\x10" + TOKEN)))


def server_handshake(frames):
    head = b"\xe0\0\0\0\1\4" + quic.CLIENT + b"\4" + quic.SERVER + quic.varint(1 + len(frames) + 16) + b"\0"
    return Keys(SECRETS["SERVER_HANDSHAKE_TRAFFIC_SECRET"]).seal(head, 0, frames)


def literal(name, value):
    return b"\x27" + bytes([len(name) - 7]) + name + bytes([len(value)]) + value


def headers(*lines):
    """A block of QPACK without indexes: names of 7 bytes and more (RFC 9204, 4.5.6)."""
    block = b"\0\0"
    for name, value in lines:
        name = name.encode()
        block += (literal(name, value.encode()) if len(name) >= 7 else
                  bytes([0x20 | len(name)]) + name + bytes([len(value)]) + value.encode())
    return quic.frame(1, len(block), rest=block)


def request(method, path, *more):
    return headers((":method", method), (":scheme", "https"), (":authority", "h3.example"), (":path", path), *more)


def data(body):
    return quic.frame(0, len(body), rest=body)


def stream(number, at, body, last=False):
    return quic.frame(0x0e | last, number, at, len(body), rest=body)


class Sides:
    def __init__(self):
        self.packets, self.number = [], {True: 0, False: 0}
        self.keys = {True: Keys(SECRETS["CLIENT_TRAFFIC_SECRET_0"]), False: Keys(SECRETS["SERVER_TRAFFIC_SECRET_0"])}

    def send(self, client, *frames):
        packet = self.keys[client].seal_short(quic.SERVER if client else quic.CLIENT, self.number[client],
                                              b"".join(frames))
        self.number[client] += 1
        self.packets.append(quic.datagram(packet, client))


def block(kind, body):
    body += bytes(-len(body) % 4)
    return struct.pack("<II", kind, 12 + len(body)) + body + struct.pack("<I", 12 + len(body))


def main(path):
    s = Sides()
    s.packets.append(quic.datagram(quic.initial(crypto(CLIENT_HELLO).ljust(1150, b"\0"), 0)))
    s.packets.append(quic.datagram(quic.initial(crypto(SERVER_HELLO), 0, client=False) + server_handshake(
        crypto(ENCRYPTED)), client=False))
    # A body in two frames, whose end is said later, after something was sent again.
    ask = request("GET", "/two.txt")
    s.send(True, stream(0, 0, ask, True))
    answer = headers((":status", "200"), ("content-type", "text/plain")) + data(b"first, ") + data(b"second\n")
    s.send(False, stream(0, 0, answer[:-4]))
    s.send(True, stream(0, 0, ask, True))
    s.send(False, stream(0, len(answer) - 10, answer[-10:]))
    s.send(False, stream(0, len(answer), b"", True))
    # Packed, and its parts in another order.
    s.send(True, stream(4, 0, request("GET", "/packed/?q=1"), True))
    body = gzip.compress(b"peel\n" * 200, mtime=0)
    answer = (headers((":status", "103")) + headers((":status", "200"), ("content-type", "text/plain"),
                                                    ("content-encoding", "gzip")) +
              data(body[:10]) + data(body[10:]) + headers(("checksum", "none")))
    s.send(False, stream(4, 40, answer[40:], True))
    s.send(False, stream(4, 0, answer[:40]))
    # What a client sends, and an answer without a body; two streams end in one packet.
    s.send(True, stream(8, 0, request("POST", "/form", ("content-type", "application/json")) + data(b'{"a":1}'), True),
           stream(12, 0, request("PUT", "/other") + data(b"put"), True))
    s.send(False, stream(8, 0, headers((":status", "204")), True), stream(12, 0, headers((":status", "201")), True))
    s.packets.append(quic.datagram(b"\x55" + bytes(range(30)) + TOKEN, client=False))
    # The client tells a token too, and resets; a token in front of other bytes is none.
    token = bytes(range(0xb0, 0xc0))
    s.send(True, quic.frame(0x18, 1, 0, rest=b"\x04\xde\xad\xbe\xef" + token))
    s.packets.append(quic.datagram(b"\x40" + bytes(4) + token))
    s.packets.append(quic.datagram(b"\x40" + bytes(4) + token + b"\0"))
    log = "".join(f"{label} {RANDOM.hex()} {secret.hex()}\n" for label, secret in SECRETS.items()).encode()
    with open(path, "wb") as out:
        out.write(block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1)))
        out.write(block(1, struct.pack("<HHI", 1, 0, 65535)))
        out.write(block(10, struct.pack("<II", 0x544c534b, len(log)) + log))
        for i, packet in enumerate(s.packets):
            time = 1764115200000000 + i * 1000
            out.write(block(6, struct.pack("<IIIII", 0, time >> 32, time & 0xffffffff, len(packet), len(packet)) +
                            packet))


if __name__ == "__main__":
    main(sys.argv[1])
