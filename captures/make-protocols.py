#!/usr/bin/env python3
"""Makes captures of protocols that no server at hand shows whole: the second halves of mqtt.pcap and
snmp.pcap, whois.pcap, telnet.pcap and lldp.pcap.

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


# --- SNMP ---

def datagram(source_port, target_port, data, back=False):
    mail.datagram(data, back, (target_port, source_port) if back else (source_port, target_port))


def ber(tag, *parts):
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    return bytes([tag, 0x82]) + struct.pack(">H", len(body)) + body


def integer(value):
    return ber(2, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


NAME = b"\x2b\x06\x01\x02\x01\x02\x01\x00"


def request(tag, number, *values):
    bindings = [ber(0x30, ber(6, NAME), value) for value in values]
    return ber(tag, integer(number), integer(0), integer(0), ber(0x30, *bindings))


def engine(data):
    return ber(4, bytes.fromhex(data))


def version_3(engine_id, data, flags=b"\x00", model=3):
    parameters = ber(0x30, engine_id, integer(1), integer(2), ber(4, b"jane"), ber(4), ber(4))
    return ber(0x30, integer(3), ber(0x30, integer(7), integer(65507), ber(4, flags), integer(model)),
               ber(4, parameters), data)


def snmp():
    every = [integer(-129), ber(4, b"\x00\x01\xff"), ber(4), ber(4, b"text"), ber(5), ber(6, NAME),
             ber(0x40, b"\xc0\x00\x02\x01"), ber(0x40, b"\xc0"), ber(0x41, b"\xff\xff\xff\xff"[:4]), ber(0x42, b"\x05"),
             ber(0x43, b"\x01\x00"), ber(0x44, b"\x9f\x78"), ber(0x46, b"\x01" + 7 * b"\x00"), ber(0x47, b"\x07"),
             ber(0x80), ber(0x81), ber(0x82)]
    datagram(40000, 161, ber(0x30, integer(1), ber(4, b"public"), request(0xa6, 5, *every)))
    datagram(161, 40000, ber(0x30, integer(1), ber(4, b"public"), request(0xa2, 5, *every)), True)
    datagram(40001, 162, ber(0x30, integer(0), ber(4, b"public"),
                             ber(0xa4, ber(6, NAME), ber(0x40, b"\xc0\x00\x02\x01"), integer(6), integer(42),
                                 ber(0x43, b"\x10"), ber(0x30, ber(0x30, ber(6, NAME), integer(1))))))
    for data in ("80000009" "01" "c0000201", "80000009" "02" + 16 * "20", "80000009" "03" "020000000001",
                 "80000009" "04" "6e616d65", "80000009" "05" "0102", "00000009" "0102030405060708"):
        scoped = ber(0x30, engine(data), ber(4, b"context"), request(0xa0, 9, ber(5)))
        datagram(40002, 161, version_3(engine(data), scoped))
    datagram(40002, 161, version_3(engine("80000009" "04" "61"), ber(4, b"sealed"), b"\x03", 2))
    datagram(40003, 161, ber(0x30, integer(1), ber(4, b"public"), ber(0xa0, integer(1), ber(4, b"no number"))))
    datagram(40003, 161, ber(0x30, integer(1), ber(4, b"public"), ber(0xa9, integer(1))))
    datagram(40003, 161, b"\x30\x84\xff\xff\xff\xff\x02\x01\x00")
    datagram(40003, 161, b"no BER")


# --- WHOIS ---

def whois():
    talk = mail.Talk(40200, 43)
    talk.client(b"peel.example\r\n")
    talk.server(b"Domain Name: PEEL.EXAMPLE\r\nRegistrar: Nobody\r\n")
    talk.server(b"Name Server: NS.PEEL.EXAMPLE\r\n")
    talk.close()
    talk = mail.Talk(40201, 43)
    talk.client(b"half")
    talk.client(b" a query\r\n")
    talk.server(b"No match.\r\n")
    talk.close()


# --- Telnet ---

def suboption(option, data=b""):
    return b"\xff\xfa" + bytes([option]) + data + b"\xff\xf0"


def telnet():
    talk = mail.Talk(40300, 23)
    talk.client(b"\xff\xfd\x03\xff\xfb\x18\xff\xfb\x1f\xff\xfb\x20\xff\xfb\x21\xff\xfb\x22\xff\xfb\x27\xff\xfd\x05\xff\xfb\x23")
    talk.server(b"\xff\xfb\x03\xff\xfd\x18\xff\xfd\x1f\xff\xfd\x20\xff\xfe\x23\xff\xfb\x01" + suboption(24, b"\x01") +
                suboption(32, b"\x01"))
    talk.client(suboption(31, b"\x00\x50\x00\x18") + suboption(32, b"\x00" b"38400,38400") + suboption(24, b"\x00XTERM"))
    talk.server(suboption(33, b"\x00") + suboption(35, b"\x01") + b"\r\nhost\r\n\r\nlogin: ")
    talk.client(b"jane\r\x00")
    talk.server(b"jane\r\nPassword: ")
    talk.client(b"secret\r\n")
    talk.server(b"\r\n$ \x1b[1mready\x1b[0m " + b"\xff\xff\xe9\n\r")
    talk.client(b"\xff\xf4\xff\xfd\x06\xff\xf1\xff\xc8\xff\xf6")
    # A window's size in three segments, a byte of 255 in it.
    talk.client(b"ab\xff")
    talk.client(b"\xfa\x1f\x00\xff")
    talk.client(b"\xff\x00\x20\xff\xf0cd")
    talk.server(suboption(37, b"\x01\x02\x03\x01\x00") + suboption(38, b"\x01\x01\x02"))
    talk.client(suboption(37, b"\x03jane") + suboption(37, b"\x00\x02\x0e\x01\x02\x03") + suboption(38, b"\x00\x01\x02\x03") +
                suboption(38, b"\x07key") + suboption(38, b"\x04"))
    talk.server(suboption(200, b"\x01\x02") + suboption(24) + suboption(24, b"\x09") + suboption(31, b"\x00"))
    for first in range(0, 56, 8):
        talk.client(b"".join(b"\xff\xfc" + bytes([option]) for option in range(first, first + 8)))
    talk.server(b"bye\r\n\xff\xfa\x18\x00cut")
    talk.close()


# --- LLDP ---

def tlv(kind, value=b""):
    return struct.pack(">H", kind << 9 | len(value)) + value


def defined_by(organization, subtype, value):
    return tlv(127, bytes.fromhex(organization) + bytes([subtype]) + value)


def lldp():
    mac, ip6 = b"\x02\x00\x00\x00\x00\x01", b"\x20\x01\x0d\xb8" + bytes(11) + b"\x01"
    units = [
        tlv(1, b"\x04" + mac) + tlv(2, b"\x05eth0/1") + tlv(3, b"\x00\x78") + tlv(4, b"uplink") + tlv(5, b"switch-1") +
        tlv(6, b"A switch") + tlv(7, b"\x00\x14\x00\x04") +
        tlv(8, b"\x05\x01\xc0\x00\x02\x01\x02\x00\x00\x00\x07\x03\x01\x02\x03") +
        defined_by("0080c2", 1, b"\x00\x0a") + defined_by("0080c2", 2, b"\x06\x00\x14") +
        defined_by("0080c2", 3, b"\x00\x0a\x05users") + defined_by("0080c2", 4, b"\x02\x88\xcc") +
        defined_by("0080c2", 7, b"\x03\x00\x00\x00\x05") + defined_by("00120f", 1, b"\x03\x6c\x01\x00\x1e") +
        defined_by("00120f", 2, b"\x0f\x01\x04") + defined_by("00120f", 3, b"\x03\x00\x00\x00\x02") +
        defined_by("00120f", 4, b"\x05\xee") + defined_by("00aabb", 9, b"hello") + tlv(100, b"res") + tlv(0),
        tlv(1, b"\x05\x01\xc0\x00\x02\x09") + tlv(2, b"\x03" + mac) + tlv(3, b"\x00\x00") + tlv(0),
        tlv(1, b"\x07local") + tlv(2, b"\x04\x02" + ip6) + tlv(3, b"\x00\x78") +
        tlv(8, b"\x11\x02" + ip6 + b"\x01\x00\x00\x00\x07\x00") + tlv(0),
        tlv(1, b"\x05\x02" + ip6) + tlv(2, b"\x04\x01\xc0\x00\x02\x0a") + tlv(3, b"\x00\x78") +
        tlv(8, b"\x04\x06\x01\x02\x03\x03\x00\x00\x00\x07\x00") + tlv(0),
        tlv(2, b"\x05x") + tlv(1, b"\x05"),
        tlv(1, b"\x04" + mac) + tlv(2, b"\x05p") + tlv(3, b"\x00"),
        tlv(1, b"\x04" + mac) + tlv(2, b"\x05p") + tlv(3, b"\x00\x78") + struct.pack(">H", 5 << 9 | 200) + b"cut",
        tlv(1, b"\x04" + mac),
    ]
    for unit in units:
        mail.Talk.packets.append(b"\x01\x80\xc2\x00\x00\x0e" + mac + b"\x88\xcc" + unit)


for make in (mqtt, snmp, whois, telnet, lldp):
    make()
    mail.write(os.path.join(sys.argv[1], make.__name__ + ".pcap"))
