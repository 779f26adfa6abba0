#!/usr/bin/env python3
"""Makes rtp.pcap and rtcp.pcap: what calls that SDP agrees on carry, and the reports about it.

    make-rtp.py FOLDER
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


HEAD = ["Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKrtp1", "Max-Forwards: 70",
        "From: \"Jane Doe\" <sip:jane@peel.example>;tag=m1", "To: <sip:joe@peel.example>", "Call-ID: media@192.0.2.1", "CSeq: 1 INVITE",
        "Content-Type: application/sdp"]


def description(address, *media):
    return "\r\n".join(["v=0", "o=x 1 1 IN IP4 " + address, "s=-", "c=IN IP4 " + address, "t=0 0", *media, ""]).encode()


def message(first, body):
    return "\r\n".join([first, *HEAD, "Content-Length: %d" % len(body)]).encode() + b"\r\n\r\n" + body


def agree(offer, answer):
    mail.datagram(message("INVITE sip:joe@peel.example SIP/2.0", description("192.0.2.1", *offer)))
    mail.datagram(message("SIP/2.0 200 OK", description("192.0.2.25", *answer)), True)


def rtp(kind, number, time, payload=b"", marker=False, csrc=(), extension=b"", padding=0, source=0x11223344):
    first = 0x80 | (0x20 if padding else 0) | (0x10 if extension else 0) | len(csrc)
    pad = bytes(padding - 1) + bytes([padding]) if padding else b""
    return (struct.pack(">BBHII", first, marker << 7 | kind, number, time, source) +
            b"".join(struct.pack(">I", c) for c in csrc) + extension + payload + pad)


def event(code, duration, end=False):
    return struct.pack(">BBH", code, end << 7 | 10, duration)


def write_rtp():
    agree(["m=audio 49170 RTP/AVP 8 0 96 101", "a=rtpmap:8 PCMA/8000", "a=rtpmap:96 opus/48000/2",
           "a=rtpmap:101 telephone-event/8000"],
          ["m=audio 49180 RTP/AVP 8 96 101", "a=rtpmap:96 opus/48000/2", "a=rtpmap:101 telephone-event/8000"])
    ports = (49170, 49180)
    mail.datagram(rtp(8, 65534, 160, b"\xd5" * 20, marker=True), ports=ports)
    mail.datagram(rtp(8, 65535, 320, b"\xd5" * 20), ports=ports)
    mail.datagram(rtp(0, 0, 480, b"\xff" * 20), ports=ports)                     # the number wraps
    mail.datagram(rtp(8, 65535, 320, b"\xd5" * 20), ports=ports)                 # and is late
    mail.datagram(rtp(8, 7, 160, b"\xd5" * 20, csrc=(1, 0xdeadbeef), source=0xa0b0c0d0), True, ports)
    mail.datagram(rtp(96, 8, 960, b"\x78" * 11, extension=struct.pack(">HH", 0xbede, 2) + b"\x10\xaa\x21\xbb\xcc\0\0\0",
                 source=0xa0b0c0d0), True, ports)
    mail.datagram(rtp(96, 9, 1920, b"\x78" * 7, extension=struct.pack(">HH", 0x1000, 1) + b"\1\2\xab\xcd",
                 source=0xa0b0c0d0), True, ports)
    mail.datagram(rtp(96, 10, 2880, b"\x78" * 7, padding=5, source=0xa0b0c0d0), True, ports)
    mail.datagram(rtp(101, 1, 640, event(5, 0), marker=True), ports=ports)
    mail.datagram(rtp(101, 2, 640, event(5, 800, True)), ports=ports)
    mail.datagram(rtp(13, 3, 800, b"\x40"), ports=ports)
    mail.datagram(rtp(77, 4, 960, b"?"), ports=ports)
    # Lies: another version, more padding than there is, more sources, a long extension, an end.
    mail.datagram(b"\x40" + rtp(8, 5, 0, b"old")[1:], ports=ports)
    mail.datagram(rtp(8, 6, 0, b"abc", padding=3)[:-1] + b"\x63", ports=ports)
    mail.datagram(b"\x8f" + rtp(8, 7, 0, b"abc")[1:], ports=ports)
    mail.datagram(rtp(8, 8, 0, b"abc", extension=struct.pack(">HH", 1, 9)), ports=ports)
    mail.datagram(rtp(8, 9, 0)[:7], ports=ports)


def packet(count, kind, body, padding=False):
    return struct.pack(">BBH", 0x80 | padding << 5 | count, kind, len(body) // 4) + body


def block(source, lost=(0, 0)):
    return struct.pack(">IB3sIIII", source, lost[0], lost[1].to_bytes(3, "big", signed=True), 0x10007, 12, 0x8abc1234, 65536)


def item(kind, text):
    return bytes([kind, len(text)]) + text


def chunk(source, *items):
    data = struct.pack(">I", source) + b"".join(items) + b"\0"
    return data + bytes(-len(data) % 4)


def sender(source, *blocks):
    return packet(len(blocks), 200, struct.pack(">IIIIII", source, 0xe8000000, 0x80000000, 160, 10, 1600) + b"".join(blocks))


def write_rtcp():
    agree(["m=audio 49170 RTP/AVP 8", "m=video 0 RTP/AVP 31", "m=application 40000 UDP/BFCP *"],
          ["m=audio 49180 RTP/AVP 8", "a=rtcp:40001 IN IP4 192.0.2.25"])
    names = packet(1, 202, chunk(0x11223344, item(1, b"jane@192.0.2.1"), item(2, b"Jane"), item(8, b"\x03abcvalue")))
    ports = (49171, 40001)
    mail.datagram(sender(0x11223344) + names, ports=ports)
    mail.datagram(packet(2, 201, struct.pack(">I", 0xa0b0c0d0) + block(0x11223344, (64, -3)) + block(9, (0, 5))) +
             packet(2, 202, chunk(0xa0b0c0d0, item(1, b"joe@192.0.2.25")) + chunk(9, item(1, b"x"))), True, ports)
    mail.datagram(sender(0x11223344, block(0xa0b0c0d0)) + names, ports=ports)
    mail.datagram(packet(3, 204, struct.pack(">I4s", 0x11223344, b"TEST") + b"anything"), ports=ports)
    mail.datagram(packet(1, 205, struct.pack(">IIHH", 0xa0b0c0d0, 0x11223344, 17, 5)), True, ports)
    mail.datagram(packet(1, 206, struct.pack(">II", 0xa0b0c0d0, 0x11223344)), True, ports)
    mail.datagram(packet(0, 207, struct.pack(">IBBHII", 0xa0b0c0d0, 4, 0, 2, 0xe8000000, 0)), True, ports)
    mail.datagram(packet(1, 203, struct.pack(">I", 0x11223344) + b"\x04gone" + bytes(3)), ports=ports)
    mail.datagram(packet(0, 201, struct.pack(">I", 9) + b"\0\0\0\x04", True), True, ports)
    # Lies: a length beyond the end, more blocks than there are, text beyond its chunk, an unknown kind.
    mail.datagram(packet(0, 201, struct.pack(">I", 9))[:-4], ports=ports)
    mail.datagram(packet(3, 201, struct.pack(">I", 9) + block(1)), ports=ports)
    mail.datagram(packet(1, 202, struct.pack(">I", 9) + b"\1\x40abcdef"), ports=ports)
    mail.datagram(packet(0, 210, struct.pack(">I", 9)), ports=ports)
    # On one port with the media (RFC 5761).
    agree(["m=audio 50000 RTP/AVP 8", "a=rtcp-mux"], ["m=audio 50002 RTP/AVP 8", "a=rtcp-mux"])
    mail.datagram(rtp(8, 1, 160, b"\xd5" * 20), ports=(50000, 50002))
    mail.datagram(packet(0, 201, struct.pack(">I", 9)), ports=(50000, 50002))


for name, make in (("rtp", write_rtp), ("rtcp", write_rtcp)):
    make()
    mail.write(os.path.join(sys.argv[1], name + ".pcap"))
