#!/usr/bin/env python3
"""Makes wlan-mgt.pcap: a station finds a network, joins it and leaves, in IEEE 802.11's management frames.

    make-wlan-mgt.py FOLDER
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

STATION, POINT, ALL = bytes.fromhex("020000000001"), bytes.fromhex("020000000002"), b"\xff" * 6
(ASSOCIATION, ASSOCIATED, REASSOCIATION, REASSOCIATED, PROBE, PROBED) = range(6)
BEACON, ATIM, DISASSOCIATION, AUTHENTICATION, DEAUTHENTICATION, ACTION = range(8, 14)

RSN_PSK = bytes.fromhex("0100000fac040100000fac040100000fac02")
RATES = b"\x82\x84\x8b\x96\x24\x30\x48\x6c"


count = 0


def frame(kind, body, target=POINT, source=STATION, flags=0):
    global count
    count += 1
    return bytes([kind << 4, flags]) + struct.pack("<H", 314) + target + source + POINT + \
        struct.pack("<H", count << 4) + body


def tag(number, data, length=None):
    return bytes([number, len(data) if length is None else length]) + data


def from_point(kind, body, target=STATION):
    return frame(kind, body, target, POINT)


def beacon_head(interval=100, capabilities=0x0431):
    return struct.pack("<QHH", 0x123456789a, interval, capabilities)


def frames():
    name, rates = tag(0, b"lab net"), tag(1, RATES)
    usual = name + rates + tag(3, b"\x06")
    tim = tag(5, bytes([1, 3, 0, 0x02]))
    country = tag(7, b"DE \x01\x0d\x14")
    erp, more_rates = tag(42, b"\x04"), tag(50, b"\x0c\x12\x18\x60")
    rsn = tag(48, RSN_PSK + b"\x0c\x00")
    vendor = tag(221, bytes.fromhex("0050f2020101800003a4000027a4000042435e0062322f00"))
    yield from_point(BEACON, beacon_head() + usual + tim + country + erp + more_rates + rsn + vendor, ALL)
    yield from_point(BEACON, beacon_head(50, 0x0002) + tag(0, b"") + rates + tag(5, bytes([0, 1, 1, 0xff, 0x0f])) +
                     tag(6, struct.pack("<H", 0)), ALL)
    yield frame(PROBE, tag(0, b"") + rates + more_rates + tag(45, bytes(26)), ALL)
    yield frame(PROBE, tag(0, "Küche".encode()) + rates, ALL)
    yield from_point(PROBED, beacon_head() + usual + erp + rsn)
    yield frame(AUTHENTICATION, struct.pack("<HHH", 0, 1, 0))
    yield from_point(AUTHENTICATION, struct.pack("<HHH", 0, 2, 0))
    yield frame(ASSOCIATION, struct.pack("<HH", 0x0431, 10) + name + rates + rsn)
    yield from_point(ASSOCIATED, struct.pack("<HHH", 0x0431, 0, 0xc001) + rates)
    yield frame(REASSOCIATION, struct.pack("<HH", 0x0431, 10) + POINT + name + rates + tag(54, b"\x12\x34\x01"))
    yield from_point(REASSOCIATED, struct.pack("<HHH", 0x0431, 17, 0xc000) + rates)
    yield frame(AUTHENTICATION, struct.pack("<HHH", 1, 3, 0) + tag(16, bytes(range(32))))
    yield from_point(AUTHENTICATION, struct.pack("<HHH", 3, 1, 76) + bytes(20))
    yield frame(ACTION, bytes([3, 0, 9]) + struct.pack("<HHH", 0x1003, 0, 0x0120))
    yield frame(ACTION, bytes([8, 0]) + struct.pack("<H", 5))
    yield frame(ATIM, b"")
    yield frame(DISASSOCIATION, struct.pack("<H", 8))
    yield from_point(DEAUTHENTICATION, struct.pack("<H", 7))
    # What two suites and caching look like; lengths that lie
    many = struct.pack("<H", 1) + bytes.fromhex("000fac02") + struct.pack("<H", 2) + bytes.fromhex("000fac04000fac02") + \
        struct.pack("<H", 2) + bytes.fromhex("000fac01000fac08") + struct.pack("<H", 0x00c0) + struct.pack("<H", 1) + \
        bytes(range(16)) + bytes.fromhex("000fac06")
    yield from_point(BEACON, beacon_head(0) + tag(0, b"a\0b\xff") + tag(48, many), ALL)
    yield from_point(BEACON, beacon_head() + name + tag(1, b"\x82", 9), ALL)
    yield from_point(BEACON, beacon_head() + name + tag(5, b"\x01") + tag(48, RSN_PSK[:9]) + tag(3, b"") + b"\x01", ALL)
    yield from_point(BEACON, beacon_head()[:9], ALL)
    yield frame(DEAUTHENTICATION, bytes(range(20)), flags=0x40)


carriers.write(sys.argv[1], "wlan-mgt", 105, frames())
