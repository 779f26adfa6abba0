#!/usr/bin/env python3
"""Makes hostile.pcapng: every text that a packet or the file can hold is one that would control a
terminal, turn the direction of writing, or is no UTF-8.

    make-hostile.py FOLDER
"""
import base64
import os
import struct
import sys

# Colour and title by ESC; erasing by CSI as one character; text from right to left; a bare byte of C1.
SAID = b"\x1b[31mX\x1b]0;T\x07\xc2\x9b2J\xe2\x80\xae\x9b1m"
CLIENT, SERVER = bytes([192, 0, 2, 1]), bytes([192, 0, 2, 2])
ETHERNET = bytes.fromhex("020000000002" "020000000001" "0800")
sent = {}


def ip(protocol, payload, back):
    ends = (SERVER, CLIENT) if back else (CLIENT, SERVER)
    return ETHERNET + struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), 1, 0, 64, protocol,
                                  0) + b"".join(ends) + payload


def tcp(client, server, payload, back=False):
    ports = (server, client) if back else (client, server)
    sequence = sent.get(ports, 1)
    sent[ports] = sequence + len(payload)
    return ip(6, struct.pack(">HHIIBBHHH", *ports, sequence, sent.get(ports[::-1], 1), 0x50, 0x18,
                             4000, 0, 0) + payload, back)


def udp(client, server, payload, back=False):
    ports = (server, client) if back else (client, server)
    return ip(17, struct.pack(">HHHH", *ports, 8 + len(payload), 0) + payload, back)


def short(text):
    return bytes([len(text)]) + text


def long(text):
    return struct.pack(">H", len(text)) + text


def talk(client, server, *lines):
    """Lines of the client and of the server, in turn."""
    return [tcp(client, server, line, n % 2 == 1) for n, line in enumerate(lines)]


def client_hello():
    name = struct.pack(">HHHBH", 0, len(SAID) + 5, len(SAID) + 3, 0, len(SAID)) + SAID
    body = b"\3\3" + bytes(32) + b"\0" + b"\0\2\x13\1" + b"\1\0" + long(name)
    message = b"\1" + struct.pack(">I", len(body))[1:] + body
    return b"\x16\3\1" + long(message)


def dhcp():
    return (b"\1\1\6\0" + b"\0\0\0\1" + bytes(20) + b"\2\0\0\0\0\1" + bytes(10) +
            (SAID * 3)[:64].ljust(64, b"\0") + SAID.ljust(128, b"\0") + bytes([99, 130, 83, 99, 53, 1, 1]) +
            b"\x0c" + short(SAID) + b"\x3c" + short(SAID) + b"\xff")


def lldp():
    return (bytes.fromhex("0180c200000e" "020000000001" "88cc" "020704020000000001") +
            b"\4" + short(b"\5" + SAID) + b"\6\2\0\x78" + b"\x0a" + short(SAID) + b"\x0c" + short(SAID) +
            b"\0\0")


def snmp():
    pdu = bytes.fromhex("a00b0201010201000201003000")
    return b"\x30" + short(b"\2\1\0" + b"\4" + short(SAID) + pdu)


def packets():
    question = b"\0\1\1\0\0\1\0\0\0\0\0\0" + short(SAID) + b"\0\0\x10\0\1"
    answer = (b"\0\1\x81\0\0\1\0\1\0\0\0\0" + short(SAID) + b"\0\0\x10\0\1" + b"\xc0\x0c\0\x10\0\1\0\0\0\1" +
              long(short(SAID)))
    credentials = base64.b64encode(SAID + b":" + SAID)
    json = b'{"a":"' + SAID + b'"}'
    word = SAID.replace(b" ", b"")
    return [
        *talk(1000, 80, b"GET /" + SAID + b" HTTP/1.1\r\nHost: " + SAID + b"\r\nCookie: a=" + SAID +
              b"\r\nX: " + SAID + b"\r\nAuthorization: Basic " + credentials + b"\r\n\r\n",
              b"HTTP/1.1 200 " + SAID + b"\r\nContent-Type: text/html\r\nSet-Cookie: " + SAID +
              b"\r\nContent-Length: %d\r\n\r\n" % len(SAID) + SAID,
              b"POST / HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" %
              len(json) + json),
        *talk(1001, 25, b"EHLO " + SAID + b"\r\n", b"250 " + SAID + b"\r\n", b"DATA\r\n", b"354 go\r\n",
              b"Subject: " + SAID + b"\r\nFrom: " + SAID + b"\r\n\r\n" + SAID + b"\r\n.\r\n"),
        *talk(1002, 21, b"USER " + SAID + b"\r\n", b"331 " + SAID + b"\r\n", b"PASS " + SAID + b"\r\n"),
        *talk(1003, 110, b"USER " + SAID + b"\r\n", b"+OK " + SAID + b"\r\n"),
        *talk(1004, 143, b"a LOGIN " + word + b" " + word + b"\r\n", b"a OK " + SAID + b"\r\n"),
        *talk(1005, 23, SAID + b"\r\n", SAID + b"\r\n"),
        *talk(1006, 22, b"SSH-2.0-" + SAID + b"\r\n", b"SSH-2.0-" + SAID + b"\r\n"),
        *talk(1007, 43, SAID + b"\r\n", SAID + b"\r\n"),
        *talk(1008, 1883, b"\x10" + short(b"\0\4MQTT\4\2\0\x3c" + long(SAID))),
        *talk(1009, 443, client_hello()),
        udp(2000, 53, question),
        udp(2000, 53, answer, True),
        udp(5353, 5353, question),
        udp(2001, 69, b"\0\1" + SAID + b"\0octet\0"),
        udp(2001, 69, b"\0\5\0\1" + SAID + b"\0", True),
        udp(2002, 514, b"<13>" + SAID),
        udp(2003, 1900, b"M-SEARCH * HTTP/1.1\r\nST: " + SAID + b"\r\n\r\n"),
        udp(68, 67, dhcp()),
        udp(2004, 6881, b"d1:ad2:id20:" + SAID[:20].ljust(20, b"a") + b"e1:q4:ping1:t2:aa1:v4:" + SAID[:4] +
            b"1:y1:qe"),
        udp(2005, 161, snmp()),
        udp(2006, 9, SAID),
        lldp(),
    ]


def option(code, value):
    return struct.pack("<HH", code, len(value)) + value + b"\0" * (-len(value) % 4)


def block(kind, body):
    length = 12 + len(body)
    return struct.pack("<II", kind, length) + body + struct.pack("<I", length)


def file_of(frames):
    end = option(0, b"")
    name = CLIENT + SAID + b"\0"
    out = block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1) +
                b"".join(option(code, SAID) for code in (1, 2, 3, 4)) + end)
    out += block(1, struct.pack("<HHI", 1, 0, 0) +
                 b"".join(option(code, SAID) for code in (1, 2, 3, 12)) + option(11, b"\0" + SAID) + end)
    out += block(4, struct.pack("<HH", 1, len(name)) + name + b"\0" * (-len(name) % 4) + bytes(4))
    for number, frame in enumerate(frames):
        out += block(6, struct.pack("<IIIII", 0, 0, number * 1000, len(frame), len(frame)) + frame +
                     b"\0" * (-len(frame) % 4) + option(1, SAID) + end)
    return out


def main():
    with open(os.path.join(sys.argv[1], "hostile.pcapng"), "wb") as file:
        file.write(file_of(packets()))


if __name__ == "__main__":
    main()
