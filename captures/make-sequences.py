#!/usr/bin/env python3
"""Makes captures/http-sequences.pcap: requests that name the page before them, and redirects to every
kind of place.

    make-sequences.py FOLDER
"""
import os
import struct
import sys

CLIENT, SERVER = bytes([192, 0, 2, 1]), bytes([198, 51, 100, 2])


def request(path, referer=None, host="a.test"):
    return "c", "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n" % (path, host, "Referer: %s\r\n" % referer if referer else "")


def answer(location=None):
    head = "HTTP/1.1 302 Found\r\nLocation: %s" % location if location is not None else "HTTP/1.1 200 OK"
    return "s", head + "\r\nContent-Length: 0\r\n\r\n"


TALKS = [
    # The same place below two pages: what follows belongs to the one that came last.
    [request("/p", "http://r.test/"), answer(), request("/q", "http://a.test/p"), answer(),
     request("/q", "http://r.test/"), answer(), request("/s", "http://a.test/q"), answer(),
     request("/q", "http://r.test/"), answer()],
    # A page that refers to itself.
    [request("/self", "http://a.test/self"), answer(), request("/self", "http://a.test/self"), answer()],
    # Redirects, and one that was followed.
    [request("/old"), answer("/new"), request("/new"), answer("http://other.test/z?q=1#f"),
     request("/a?b=c/d"), answer("//h.test/x"), request("/a/?b=c/d"), answer("r/s#f"),
     request("/a/i?b=c"), answer(""), request("/a/j"), answer("#frag"), request("/x/y"), answer("../z"),
     request("/x/y"), answer("?k=v"), request("/a/k"), answer("mailto:x@y")],
]


def packet(from_client, port, numbers, data):
    ends = [(CLIENT, port), (SERVER, 80)]
    (source, source_port), (target, target_port) = ends if from_client else ends[::-1]
    own, other = numbers if from_client else numbers[::-1]
    tcp = struct.pack(">HHIIBBHHH", source_port, target_port, own, other, 0x50, 0x18, 64000, 0, 0) + data
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), 0, 0x4000, 64, 6, 0, source, target)
    return bytes.fromhex("020000000002020000000001") + b"\x08\0" + ip + tcp


def main():
    records, count = [], 0
    for port, talk in enumerate(TALKS, 40000):
        numbers = [1, 1]
        for side, text in talk:
            frame = packet(side == "c", port, numbers, text.encode())
            numbers[side == "s"] += len(text)
            records.append(struct.pack("<IIII", 1700000000, 10000 * count, len(frame), len(frame)) + frame)
            count += 1
    with open(os.path.join(sys.argv[1], "http-sequences.pcap"), "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1) + b"".join(records))


main()
