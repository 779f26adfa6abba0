#!/usr/bin/env python3
"""Makes geoip-city.mmdb and geoip-asn.mmdb: places for the networks of documentation (RFC 5737, 3849).

    make-geoip.py FOLDER

The format is MaxMind DB 2.0: a binary tree whose leaves point into a section of data, and what
describes both behind a marker at the end.
"""
import ipaddress
import os
import struct
import sys

MARKER = b"\xab\xcd\xefMaxMind.com"


def place(city=None, country=None, iso=None, at=None):
    record = {}
    if city:
        record["city"] = {"geoname_id": 1, "names": {"de": city + " (de)", "en": city}}
    if country:
        record["country"] = {"iso_code": iso, "names": {"en": country}}
    if at:
        record["location"] = {"accuracy_radius": Short(20), "latitude": at[0], "longitude": at[1]}
    return record


def system(number=None, owner=None):
    record = {}
    if number is not None:
        record["autonomous_system_number"] = number
    if owner:
        record["autonomous_system_organization"] = owner
    return record


class Short(int):
    """A number of 16 bits."""


class Long(int):
    """A number of 64 bits."""


CITIES = [
    ("192.0.2.0/25", place("Lisbon", "Portugal", "PT", (38.7219, -9.1398))),
    ("192.0.2.128/25", place(None, "Portugal", "PT", (39.5, -8.0))),
    ("198.51.100.0/30", place("Wellington", "New Zealand", "NZ", (-41.2887, 174.7772))),
    ("198.51.100.8/29", place("Zürich", "Switzerland", "CH", (47.3667, 8.55))),
    ("198.51.100.20/32", place("Null Island", None, None, (0.0, 0.0))),
    ("203.0.113.0/24", place("São Paulo\x1b[31m", "Brazil", "BR")),
    ("2001:db8::/48", place("Kyiv", "Ukraine", "UA", (50.458, 30.5303))),
    ("2001:db8:1::/48", place("Nairobi", "Kenya", "KE", (-1.2841, 36.8155))),
    ("2001:db8:2::10/128", place(None, "Antarctica", "AQ")),
]

SYSTEMS = [
    ("192.0.2.0/24", system(64496, "Example Networks")),
    ("198.51.100.0/24", system(64511, "Beispiel GmbH")),
    ("203.0.113.10/32", system(4200000000)),
    ("10.0.0.0/8", system(None, "Somebody's own")),
    ("2001:db8::/47", system(65551, "Приклад")),
]


def head(kind, size):
    more = b""
    if size >= 29:
        more, size = (bytes([size - 29]), 29) if size < 285 else (struct.pack(">H", size - 285), 30)
    if kind > 7:
        return bytes([size, kind - 7]) + more
    return bytes([kind << 5 | size]) + more


def number(kind, value):
    data = value.to_bytes(8, "big").lstrip(b"\0")
    return head(kind, len(data)) + data


def coded(value):
    if isinstance(value, str):
        data = value.encode()
        return head(2, len(data)) + data
    if isinstance(value, float):
        return head(3, 8) + struct.pack(">d", value)
    if isinstance(value, Short):
        return number(5, value)
    if isinstance(value, int):
        return number(9 if isinstance(value, Long) else 6, value)
    if isinstance(value, list):
        return head(11, len(value)) + b"".join(map(coded, value))
    return head(7, len(value)) + b"".join(coded(name) + coded(value[name]) for name in value)


def grow(networks):
    """The tree: [left, right] each, of None, another node's number, or a record's place in the data."""
    nodes, data = [[None, None]], b""
    for text, record in networks:
        network = ipaddress.ip_network(text)
        bits, length = int(network.network_address), network.prefixlen
        if network.version == 4:
            length += 96
        at = 0
        for depth in range(length - 1):
            side = bits >> (127 - depth) & 1
            if nodes[at][side] is None:
                nodes.append([None, None])
                nodes[at][side] = len(nodes) - 1
            at = nodes[at][side]
        nodes[at][bits >> (128 - length) & 1] = ("data", len(data))
        data += coded(record)
    return nodes, data


def database(kind, networks):
    nodes, data = grow(networks)
    tree = b""
    for node in nodes:
        for side in node:
            if side is None:
                side = len(nodes)
            elif isinstance(side, tuple):
                side = len(nodes) + 16 + side[1]
            tree += side.to_bytes(3, "big")
    about = {
        "binary_format_major_version": Short(2), "binary_format_minor_version": Short(0),
        "build_epoch": Long(1700000000), "database_type": kind, "description": {"en": "Made for peel's tests"},
        "ip_version": Short(6), "languages": ["de", "en"], "node_count": len(nodes), "record_size": Short(24),
    }
    return tree + bytes(16) + data + MARKER + coded(about)


for name, kind, networks in (("geoip-city", "Example-City", CITIES), ("geoip-asn", "Example-ASN", SYSTEMS)):
    with open(os.path.join(sys.argv[1], name + ".mmdb"), "wb") as file:
        file.write(database(kind, networks))
