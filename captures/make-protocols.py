#!/usr/bin/env python3
"""Makes captures of protocols that no server at hand shows whole: mqtt.pcap's second half.

    make-protocols.py FOLDER
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


def text(words):
    return struct.pack(">H", len(words)) + words


# --- MQTT ---

def packet(first, body):
    length, rest = b"", len(body)
    while True:
        length += bytes([rest & 0x7f | (0x80 if rest > 0x7f else 0)])
        rest >>= 7
        if not rest:
            return bytes([first]) + length + body


def properties(*items):
    body = b"".join(items)
    return bytes([len(body)]) + body


def mqtt():
    every = [b"\x01\x01", b"\x02" + struct.pack(">I", 60), b"\x03" + text(b"text/plain"), b"\x08" + text(b"answers"),
             b"\x09" + text(b"\x01\x02"), b"\x0b\x85\x01", b"\x23\x00\x05", b"\x26" + text(b"key") + text(b"value")]
    talk = mail.Talk(40100, 1883)                       # version 5: every packet, most properties
    talk.client(packet(0x10, text(b"MQTT") + b"\x05\xfe\x00\x3c" +
                       properties(b"\x11" + struct.pack(">I", 9), b"\x15" + text(b"PLAIN"), b"\x16" + text(b"secret"),
                                  b"\x17\x00", b"\x19\x01", b"\x27" + struct.pack(">I", 1000)) + text(b"client") +
                       properties(b"\x18" + struct.pack(">I", 3)) + text(b"will") + text(b"gone") + text(b"jane") +
                       text(b"secret")))
    talk.server(packet(0xf0, b"\x18" + properties(b"\x1f" + text(b"more"))))
    talk.client(packet(0xf0, b"\x19"))
    talk.server(packet(0x20, b"\x01\x00" + properties(b"\x13\x00\x20", b"\x1a" + text(b"info"), b"\x1c" + text(b"other"),
                                                      b"\x24\x01", b"\x25\x01", b"\x28\x01", b"\x29\x00", b"\x2a\x01")))
    talk.client(packet(0x82, b"\x00\x07" + properties() + text(b"a/+") + b"\x01" + text(b"b/#") + b"\x2e"))
    talk.server(packet(0x90, b"\x00\x07" + properties() + b"\x01\x8f"))
    talk.client(packet(0x3d, text(b"a/b") + b"\x00\x08" + properties(*every) + b"hello") +
                packet(0x30, text(b"") + properties(b"\x23\x00\x05")))
    talk.server(packet(0x50, b"\x00\x08\x10"))
    talk.client(packet(0x62, b"\x00\x08\x92" + properties(b"\x1f" + text(b"lost"))))
    talk.server(packet(0x70, b"\x00\x08"))
    talk.server(packet(0x30, text(b"odd") + properties(b"\x7e\x01\x02") + b"x"))
    talk.client(packet(0xa2, b"\x00\x09" + properties() + text(b"a/+") + text(b"c")))
    talk.server(packet(0xb0, b"\x00\x09" + properties() + b"\x00\x11"))
    talk.client(packet(0xc0, b""))
    talk.server(packet(0xd0, b""))
    talk.server(packet(0xe0, b"\x8d"))
    talk.close()
    talk = mail.Talk(40101, 1884)                       # 3.1.1 on another port
    talk.client(packet(0x10, text(b"MQTT") + b"\x04\x02\x00\x0a" + text(b"old")))
    talk.server(packet(0x20, b"\x00\x05"))
    talk.client(packet(0x82, b"\x00\x01" + text(b"a") + b"\x00" + text(b"b") + b"\x02"))
    talk.server(packet(0x90, b"\x00\x01\x00\x80"))
    talk.client(packet(0xa2, b"\x00\x02" + text(b"a")))
    talk.server(packet(0xb0, b"\x00\x02"))
    big = packet(0x32, text(b"a") + b"\x00\x03" + b"0123456789" * 30)
    talk.client(big[:100])
    talk.client(big[100:] + packet(0x30, text(b"")))
    talk.client(packet(0x82, b"\x00\x01" + b"\x00\x40a"))
    talk.close()
    talk = mail.Talk(40102, 1883)                       # 3.1, and one whose CONNECT is missing
    talk.client(packet(0x10, text(b"MQIsdp") + b"\x03\x02\x00\x0a" + text(b"older")))
    talk.server(packet(0x20, b"\x00\x00"))
    talk.close()
    talk = mail.Talk(40103, 1883)
    talk.client(packet(0x30, text(b"a") + b"x"))
    talk.client(b"\x30\xff\xff\xff\xff\x01")
    talk.close()


for make in (mqtt,):
    make()
    mail.write(os.path.join(sys.argv[1], make.__name__ + ".pcap"))
