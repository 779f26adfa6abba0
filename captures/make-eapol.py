#!/usr/bin/env python3
"""Makes eapol.pcap and eap.pcap: IEEE 802.1X on a wired port, and the key handshakes of IEEE 802.11.

    make-eapol.py FOLDER

The keys' integrity codes and encrypted data are made up: nothing here can be decrypted.
"""
import importlib.util
import os
import struct
import sys

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location(
    "carriers", os.path.join(os.path.dirname(os.path.abspath(__file__)), "make-carriers.py"))
carriers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(carriers)

STATION, SWITCH, GROUP = bytes.fromhex("020000000001"), bytes.fromhex("020000000002"), bytes.fromhex("0180c2000003")
START, LOGOFF, KEY, ALERT = 1, 2, 3, 4
REQUEST, RESPONSE, SUCCESS, FAILURE = 1, 2, 3, 4
IDENTITY, NOTIFICATION, NAK, MD5, TLS, TTLS, PEAP, MSCHAP, EXPANDED = 1, 2, 3, 4, 13, 21, 25, 26, 254


def frame(payload, from_station=True, target=None):
    ends = (target or SWITCH) + STATION if from_station else (target or STATION) + SWITCH
    return (ends + b"\x88\x8e" + payload).ljust(60, b"\0")


def eapol(kind, body=b"", version=2, length=None):
    return struct.pack(">BBH", version, kind, len(body) if length is None else length) + body


def eap(code, number, kind=None, data=b"", length=None):
    body = (b"" if kind is None else bytes([kind])) + data
    return eapol(0, struct.pack(">BBH", code, number, 4 + len(body) if length is None else length) + body)


def run(first, n):
    return bytes((first + i) & 0xff for i in range(n))


def key(info, counter, nonce=bytes(32), mic=bytes(16), data=b"", length=16, descriptor=2, extra=b""):
    """A descriptor of IEEE 802.11: 2, or 254 of WPA."""
    body = struct.pack(">BHHQ", descriptor, info, length, counter) + nonce + bytes(16)
    body += struct.pack("<Q", 5 if data and info & 0x1000 else 0) + bytes(8) + mic
    return eapol(KEY, body + struct.pack(">H", len(data)) + data + extra)


RSN = bytes.fromhex("30140100000fac040100000fac040100000fac020000")
PAIRWISE, INSTALL, ACK, MIC, SECURE, ERROR, ASKS, ENCRYPTED = 8, 0x40, 0x80, 0x100, 0x200, 0x400, 0x800, 0x1000


def handshake():
    """Four messages, then the group key's two, of WPA2 (AES); the first message of WPA and one that reports."""
    aes = PAIRWISE | 2
    yield frame(key(aes | ACK, 1, run(0x10, 32)), False)
    yield frame(key(aes | MIC, 1, run(0x60, 32), run(1, 16), RSN, length=0))
    yield frame(key(aes | INSTALL | ACK | MIC | SECURE | ENCRYPTED, 2, run(0x10, 32), run(2, 16), run(0x80, 56)), False)
    yield frame(key(aes | MIC | SECURE, 2, mic=run(3, 16), length=0))
    yield frame(key(2 | ACK | MIC | SECURE | ENCRYPTED, 3, run(0x20, 32), run(4, 16), run(0x90, 40)), False)
    yield frame(key(2 | MIC | SECURE, 3, mic=run(5, 16), length=0))
    yield frame(key(PAIRWISE | 1 | ACK, 9, run(0x30, 32), length=32, descriptor=254), False)
    yield frame(key(aes | MIC | ERROR | ASKS | SECURE, 4, mic=run(6, 16), length=0))
    yield frame(key(aes | MIC, 1, run(0x60, 32), run(1, 16), RSN, length=0, extra=b"more"))


def wired():
    yield frame(eapol(START, version=1), target=GROUP)
    yield from handshake()
    # RC4's descriptor of IEEE 802.1X-2001, with a key and without
    head = struct.pack(">BHQ", 1, 13, 77) + run(1, 16)
    yield frame(eapol(KEY, head + b"\x81" + run(2, 16) + run(3, 13)), False)
    yield frame(eapol(KEY, head + b"\x01" + run(2, 16)), False)
    yield frame(eapol(KEY, b"\x07" + run(1, 9)), False)
    yield frame(eapol(ALERT, b"\x30\x03abc"))
    yield frame(eapol(9, b"\1\2\3"))
    yield frame(eapol(LOGOFF, version=3))
    yield frame(eapol(KEY, struct.pack(">BHH", 2, 0x8a, 16) + run(1, 20)), False)
    yield frame(eapol(KEY, b"", length=95), False)[:18]


def login():
    name = b"ann@example.test"
    yield frame(eap(REQUEST, 1, IDENTITY), False)
    yield frame(eap(RESPONSE, 1, IDENTITY, name))
    yield frame(eap(REQUEST, 2, NOTIFICATION, b"The password ends tomorrow"), False)
    yield frame(eap(RESPONSE, 2, NOTIFICATION))
    yield frame(eap(REQUEST, 3, MD5, b"\x10" + run(1, 16) + b"radius"), False)
    yield frame(eap(RESPONSE, 3, NAK, bytes([PEAP, TLS])))
    yield frame(eap(REQUEST, 4, MD5, b"\x10" + run(1, 16)), False)
    yield frame(eap(RESPONSE, 4, MD5, b"\x10" + run(9, 16)))
    yield frame(eap(REQUEST, 5, PEAP, b"\x20"), False)
    yield frame(eap(RESPONSE, 5, PEAP, b"\x80" + struct.pack(">I", 40) + run(0x40, 40)))
    yield frame(eap(REQUEST, 6, PEAP, b"\xc0" + struct.pack(">I", 90) + run(0x50, 60)), False)
    yield frame(eap(RESPONSE, 6, PEAP, b"\x00"))
    yield frame(eap(REQUEST, 7, TLS, b"\x20"), False)
    yield frame(eap(RESPONSE, 7, TLS, b"\x00" + run(0x60, 9)))
    yield frame(eap(REQUEST, 8, MSCHAP, run(1, 12)), False)
    yield frame(eap(REQUEST, 9, EXPANDED, bytes.fromhex("00372a00000001") + b"\1\0"), False)
    yield frame(eap(REQUEST, 10, 200, b"abc"), False)
    yield frame(eap(SUCCESS, 10), False)
    yield frame(eap(FAILURE, 11), False)
    yield frame(eap(REQUEST, 12, MD5, b"\x30" + run(1, 16)), False)
    yield frame(eap(REQUEST, 13, IDENTITY, b"Hello\0networkid=lab"), False)
    yield frame(eap(9, 14, 1, b"x"))
    yield frame(eap(REQUEST, 15, IDENTITY, b"abc", length=3))
    yield frame(eap(REQUEST, 16, IDENTITY, b"abc", length=90))


folder = sys.argv[1]
carriers.write(folder, "eapol", 1, wired())
carriers.write(folder, "eap", 1, login())
