#!/usr/bin/env python3
"""Makes captures/json.pcap, the bodies that HTTP carries, one exchange each, named in its URI, and
captures/ssdp.pcap, the second part of captures/websocket.pcap and (compressed.pcap) its third, and
the first part of captures/http-course.pcap (course.pcap).

    make-http.py FOLDER
"""
import gzip
import importlib.util
import os
import struct
import sys
import zlib

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location(
    "make_mail", os.path.join(os.path.dirname(os.path.abspath(__file__)), "make-mail.py"))
mail = importlib.util.module_from_spec(spec)
spec.loader.exec_module(mail)

JSON = b"""{"name": "peel \\u2603 \\"x\\"", "list": [1, -2.5e3, true, false, null, [], {}],
 "inner": {"a/b": "\xc3\xa9", "deep": [[1], {"k": [2]}]}, "empty": ""}"""
XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE note SYSTEM "note.dtd">
<note id="1" lang='en'><!-- a comment -->
  <to>Reader</to><br/>
  <![CDATA[<raw>]]>
</note>
"""


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 1)) +
            chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"sRGB", b"\0") +
            chunk(b"cHRM", struct.pack(">8I", 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)) +
            chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1)) +
            chunk(b"bKGD", struct.pack(">HHH", 1, 2, 3)) +
            chunk(b"tIME", struct.pack(">HBBBBB", 2026, 11, 25, 12, 30, 59)) +
            chunk(b"tEXt", b"Title\0two pixels") +
            chunk(b"IDAT", zlib.compress(b"\0\xff\0\0\0\xff\0")) + chunk(b"IEND", b""))


GIF = (b"GIF89a" + struct.pack("<HHBBB", 2, 1, 0x91, 1, 0) + bytes(range(12)) +
       b"\x21\xfe\x05hello\0" + b"\x21\xf9\x04\1\0\0\0\0" +
       b"\x2c" + struct.pack("<HHHHB", 0, 0, 2, 1, 0x80) + bytes(6) + b"\2\2\x4c\1\0" + b";")
JPEG = (b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\2\1" + struct.pack(">HHBB", 72, 72, 0, 0) +
        b"\xff\xfe\0\x08hello\0" + b"\xff\xdb\0\x43\0" + bytes(range(64)) +
        b"\xff\xc0\0\x11\x08\0\1\0\2\3\1\x22\0\2\x11\1\3\x11\1" +
        b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0" + b"\x12\x34\x56\xff\0\x78" + b"\xff\xd9")
FORM = b"name=Ada+L&mail=ada%40example.org&empty=&flag&x=%C3%A9%zz"
MULTIPART = (b"preamble\r\n--frontier\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n"
             b"two words\r\n--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n"
             b"Content-Type: application/json\r\nContent-ID: <1@example.org>\r\n\r\n[1]\r\n"
             b"--frontier\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
             b"aGVsbG8K\r\n--frontier--\r\nepilogue\r\n")
BODIES = [
    ("json", "application/json", JSON),
    ("json-suffix", "application/problem+json; charset=utf-8", b'{"title": "gone", "status": 410}'),
    ("json-array", "application/json", b'[{"a": 1}, "b", 2]'),
    ("json-bad", "application/json", b'{"a": 1,, "b": tru}'),
    ("json-lines", "application/json", b'{"a": 1}\n{"a": 2}\n'),
    ("xml", "text/xml", XML),
    ("xml-application", "application/xml; charset=utf-8", XML),
    ("xml-suffix", "image/svg+xml", b"<svg width=\"1\"><g/></svg>"),
    ("text", "text/plain; charset=utf-8", b"one\r\ntwo\n\nfour without an end"),
    ("html", "text/html", b"<html>\n<p>hi</p>\n</html>\n"),
    ("css", "text/css", b"p { color: red }\n"),
    ("javascript", "application/javascript", b"let a = 1;\n"),
    ("octets", "application/octet-stream", bytes(range(40))),
    ("form", "application/x-www-form-urlencoded", FORM),
    ("multipart", "multipart/form-data; boundary=frontier", MULTIPART),
    ("multipart-quoted", 'multipart/mixed; boundary="frontier"', MULTIPART),
    ("multipart-bad", "multipart/mixed", MULTIPART),
    ("png", "image/png", png()),
    ("gif", "image/gif", GIF),
    ("jpeg", "image/jpeg", JPEG),
    ("webp", "image/webp", b"RIFF\x04\0\0\0WEBP"),
    ("none", None, b"no content type\n"),
    ("empty-type", "", b"an empty one\n"),
]
ENCODED = [
    ("gzip", "gzip", gzip.compress(JSON, mtime=0)),
    ("deflate", "deflate", zlib.compress(JSON)),
    ("deflate-raw", "deflate", zlib.compress(JSON)[2:-4]),
    ("x-gzip", "x-gzip", gzip.compress(JSON, mtime=0)),
    ("gzip-bad", "gzip", b"no gzip at all"),
    ("gzip-cut", "gzip", gzip.compress(JSON * 3, mtime=0)[:-30]),
    ("br", "br", bytes.fromhex("0b0380") + b'{"a":1}' + b"\3"),
    ("zstd", "zstd", bytes.fromhex("28b52ffd200739 0000") + b'{"a":1}'),
    ("both", "deflate, gzip", gzip.compress(zlib.compress(JSON), mtime=0)),
    ("unknown", "rot13", b'{"n":1}'),
]


def exchange(talk, name, headers, body):
    talk.client(b"GET /%s HTTP/1.1\r\nHost: www.example.org\r\n\r\n" % name.encode())
    head = b"HTTP/1.1 200 OK\r\n" + b"".join(b"%s: %s\r\n" % h for h in headers)
    talk.server(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)


def bodies():
    talk = mail.Talk(40000, 80)
    for name, kind, body in BODIES:
        exchange(talk, name, [] if kind is None else [(b"Content-Type", kind.encode())], body)
    for name, coding, body in ENCODED:
        exchange(talk, name, [(b"Content-Type", b"application/json"),
                              (b"Content-Encoding", coding.encode())], body)
    talk.close()


def ssdp():
    def datagram(source, port, target, to, lines):
        payload = b"\r\n".join(lines) + b"\r\n\r\n"
        udp = struct.pack(">HHHH", port, to, 8 + len(payload), 0) + payload
        pseudo = source + target + struct.pack(">BBH", 0, 17, len(udp))
        udp = udp[:6] + struct.pack(">H", mail.checksum(pseudo + udp)) + udp[8:]
        ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0, 4, 17, 0) + source + target
        ip = ip[:10] + struct.pack(">H", mail.checksum(ip)) + ip[12:]
        mail.Talk.packets.append(bytes([1, 0, 0x5e, 0x7f, 0xff, 0xfa, 2, 0, 0, 0, 0, 1, 8, 0]) + ip + udp)
    group = bytes([239, 255, 255, 250])
    datagram(mail.CLIENT, 50000, group, 1900, [
        b"M-SEARCH * HTTP/1.1", b"HOST: 239.255.255.250:1900", b'MAN: "ssdp:discover"', b"MX: 1", b"ST: ssdp:all"])
    datagram(mail.SERVER, 1900, mail.CLIENT, 50000, [
        b"HTTP/1.1 200 OK", b"CACHE-CONTROL: max-age=1800", b"LOCATION: http://192.0.2.25:80/device.xml",
        b"SERVER: peel/0.1 UPnP/2.0 lab/1", b"ST: upnp:rootdevice", b"USN: uuid:1::upnp:rootdevice"])
    datagram(mail.SERVER, 1900, group, 1900, [
        b"NOTIFY * HTTP/1.1", b"HOST: 239.255.255.250:1900", b"NT: upnp:rootdevice", b"NTS: ssdp:alive",
        b"USN: uuid:1::upnp:rootdevice"])
    datagram(mail.SERVER, 1900, group, 1900, [
        b"NOTIFY * HTTP/1.1", b"HOST: 239.255.255.250:1900", b"NT: upnp:rootdevice", b"NTS: ssdp:byebye",
        b"USN: uuid:1::upnp:rootdevice"])


def frame(first, payload, key=None):
    n = len(payload)
    size = bytes([n]) if n < 126 else b"\x7e" + struct.pack(">H", n)
    if key:
        size = bytes([size[0] | 0x80]) + size[1:] + key
        payload = bytes(b ^ key[i % 4] for i, b in enumerate(payload))
    return bytes([first]) + size + payload


def websocket():
    key = b"\x11\x22\x33\x44"
    talk = mail.Talk(40000, 80)
    talk.client(b"GET /chat HTTP/1.1\r\nHost: www.example.org\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
    talk.server(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n" + frame(0x89, b"early"))
    talk.client(frame(0x8a, b"early", key) + frame(0x81, b"hello\nworld", key))
    talk.server(frame(0x01, b"first "))
    talk.server(frame(0x80, b"last"))
    talk.server(frame(0x82, bytes(300))[:100])
    talk.server(frame(0x82, bytes(300))[100:])
    talk.client(frame(0x09, b"a ping in parts", key))
    talk.client(frame(0x88, struct.pack(">H", 1001) + b"bye", key))
    talk.server(frame(0x88, struct.pack(">H", 1001)))
    talk.close()


def compressed():
    """Messages of permessage-deflate (RFC 7692): each side's build on those before, one comes in two frames,
    one is not compressed, one is damaged, and one refers to what nobody sent."""
    key = b"\x55\x66\x77\x88"

    def pack(deflate, text, flush=zlib.Z_SYNC_FLUSH):
        packed = deflate.compress(text) + deflate.flush(flush)
        return packed[:-4] if flush == zlib.Z_SYNC_FLUSH else packed

    client, server = (zlib.compressobj(9, zlib.DEFLATED, -15) for _ in range(2))
    talk = mail.Talk(40002, 80)
    talk.client(b"GET /chat HTTP/1.1\r\nHost: www.example.org\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
    talk.server(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
    talk.client(frame(0xc1, pack(client, b'{"say": "hello, hello"}'), key))
    talk.client(frame(0xc1, pack(client, b'{"say": "hello, hello again"}'), key))
    talk.server(frame(0xc1, pack(server, b'{"heard": "hello"}')) + frame(0x81, b"as it is"))
    talk.server(frame(0x41, pack(server, b'{"heard": "hello', zlib.Z_SYNC_FLUSH) + b"\0\0\xff\xff"))
    talk.server(frame(0x89, b"between"))
    talk.server(frame(0x80, pack(server, b', hello again"}')))
    talk.client(frame(0xc2, pack(client, bytes(range(16)) * 4), key))
    talk.client(frame(0xc1, b"\x07broken", key))
    talk.server(frame(0x88, struct.pack(">H", 1007)))
    talk.close()


def typed():
    """A request as netcat sends it: each line when Enter is pressed."""
    talk = mail.Talk(40001, 80)
    for line in (b"GET /index.html HTTP/1.1", b"Host: www.example.org", b"Connection: close", b""):
        talk.client(line + b"\n")
    talk.server(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\nConnection: close\r\n\r\n"
                b"<h1>It works</h1>\r\n\n")
    talk.close()


PAGE = b'<html><img src="a.png"><img src="b.gif"></html>\n'
OBJECTS = [(b"/page.html", b"text/html", PAGE), (b"/a.png", b"image/png", png()), (b"/b.gif", b"image/gif", GIF)]


def get(talk, path):
    talk.client(b"GET %s HTTP/1.1\r\nHost: www.example.org\r\n\r\n" % path)


def answer(talk, kind, body):
    talk.server(b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, len(body)) + body)


def embedded():
    """A page and its two pictures: over one connection, then over three of which two are parallel."""
    talk = mail.Talk(40010, 80)
    for path, kind, body in OBJECTS:
        get(talk, path)
        answer(talk, kind, body)
    talk.close()
    talk = mail.Talk(40020, 80)
    get(talk, OBJECTS[0][0])
    answer(talk, *OBJECTS[0][1:])
    others = [mail.Talk(40021, 80), mail.Talk(40022, 80)]
    for other, (path, _, _) in zip(others, OBJECTS[1:]):
        get(other, path)
    for other, (_, kind, body) in reversed(list(zip(others, OBJECTS[1:]))):
        answer(other, kind, body)
    for one in [talk] + others:
        one.close()


def save(make, path):
    mail.Talk.packets = []
    make()
    mail.write(path)


if __name__ == "__main__":
    save(bodies, os.path.join(sys.argv[1], "json.pcap"))
    save(ssdp, os.path.join(sys.argv[1], "ssdp.pcap"))
    save(compressed, os.path.join(sys.argv[1], "compressed.pcap"))
    save(websocket, os.path.join(sys.argv[1], "websocket.pcap"))
    save(lambda: (typed(), embedded()), os.path.join(sys.argv[1], "course.pcap"))
