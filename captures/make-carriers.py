#!/usr/bin/env python3
"""Makes captures of what carries packets of other protocols, on the wire and inside others: arcnet.pcap, chdlc.pcap,
cmd.pcap, echo.pcap, enc.pcap, erspan.pcap, etherip.pcap, fr.pcap, geneve.pcap, ieee8021ah.pcap, loop.pcap, nsh.pcap,
teredo.pcap, udpencap.pcap, udplite.pcap, vntag.pcap, radiotap.pcap, wlan.pcap.

    make-carriers.py FOLDER
"""
import os
import socket
import struct
import sys

ONE, OTHER, ONE6, OTHER6 = "192.0.2.1", "198.51.100.2", "2001:db8::1", "2001:db8:1::2"
IPV4, IPV6, ARP_TYPE, MPLS = 0x0800, 0x86dd, 0x0806, 0x8847


def write(folder, name, link_type, packets):
    with open(os.path.join(folder, name + ".pcap"), "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, link_type))
        for number, data in enumerate(packets):
            out.write(struct.pack("<IIII", 1700000000, number * 1000, len(data), len(data)) + data)


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return 0xffff - total


def address(text):
    return socket.inet_pton(socket.AF_INET6 if ":" in text else socket.AF_INET, text)


def ip(payload, protocol, source=ONE, target=OTHER):
    if ":" in source:
        return struct.pack(">IHBB", 6 << 28, len(payload), protocol, 64) + address(source) + address(target) + payload
    header = struct.pack(">BBHHHBB", 0x45, 0, 20 + len(payload), 1, 0, 64, protocol)
    ends = address(source) + address(target)
    return header + struct.pack(">H", checksum(header + b"\0\0" + ends)) + ends + payload


def udp(payload, source_port, target_port, source=ONE, target=OTHER, protocol=17, coverage=None, given=None):
    """coverage: UDP-Lite's, in the length's place."""
    length = 8 + len(payload)
    header = struct.pack(">HHH", source_port, target_port, length if coverage is None else coverage)
    pseudo = address(source) + address(target) + struct.pack(">IHBB", length, 0, 0, protocol)
    summed = (header + b"\0\0" + payload)[:coverage or length]
    return header + struct.pack(">H", (checksum(pseudo + summed) or 0xffff) if given is None else given) + payload


def mac(last):
    return bytes([2, 0, 0, 0, 0, last])


def frame(payload, kind=IPV4):
    return mac(2) + mac(1) + struct.pack(">H", kind) + payload


def datagram(payload, source_port, target_port):
    return frame(ip(udp(payload, source_port, target_port), 17))


INNER = ip(udp(b"hello", 40000, 9), 17)
INNER6 = ip(udp(b"hello", 40000, 9, ONE6, OTHER6), 17, ONE6, OTHER6)
ARP = bytes.fromhex("0001080006040001") + mac(1) + address(ONE) + bytes(6) + address("192.0.2.2")
CDP = bytes.fromhex("02b4") + b"\xab\x13" + struct.pack(">HH", 1, 6) + b"R1"
LABELLED = struct.pack(">I", 16 << 12 | 1 << 8 | 64) + INNER


def word(number):
    return struct.pack(">H", number)


def serial(folder):
    def chdlc(protocol, payload, to=0x0f):
        return bytes([to, 0]) + word(protocol) + payload

    mask = address("255.255.255.0")
    write(folder, "chdlc", 104, [
        chdlc(IPV4, INNER), chdlc(IPV6, INNER6, 0x8f), chdlc(0x2000, CDP), chdlc(MPLS, LABELLED),
        chdlc(0x6558, frame(INNER)),
        chdlc(0x8035, struct.pack(">IIIH", 2, 5, 4, 0xffff), 0x8f),
        chdlc(0x8035, struct.pack(">IIIH", 2, 6, 4, 0xfffe), 0x8f),
        chdlc(0x8035, struct.pack(">I", 0) + address(ONE) + mask + bytes(6), 0x8f),
        chdlc(0x8035, struct.pack(">I", 1) + address(ONE) + mask + bytes(6), 0x8f),
        chdlc(0x8035, struct.pack(">I", 9) + b"odd", 0x8f),
        chdlc(0xfefe, bytes.fromhex("03831b01")), chdlc(0x1234, b"odd"), chdlc(IPV4, b"")[:3]])

    def circuit(number, flags=0, command=0):
        return bytes([number >> 4 << 2 | command << 1, (number & 15) << 4 | flags << 1 | 1])

    snap = b"\x03\x00\x80"
    write(folder, "fr", 107, [
        circuit(100) + b"\x03\xcc" + INNER, circuit(100, 7, 1) + b"\x03\x8e" + INNER6,
        circuit(101) + word(IPV4) + INNER, circuit(101) + word(IPV6) + INNER6, circuit(101) + word(0x2000) + CDP,
        circuit(101) + word(ARP_TYPE) + ARP, circuit(102) + word(MPLS) + LABELLED,
        circuit(100) + snap + b"\0\0\0" + word(ARP_TYPE) + ARP,
        circuit(100) + snap + b"\0\x80\xc2\0\x07" + frame(INNER), circuit(100) + snap + b"\0\0\x0c\x20\0" + CDP,
        circuit(100) + b"\x03\xcf\x00\x21" + INNER, circuit(0) + b"\x03\x08odd",
        b"\x18\x40\x41\x03\xcc" + INNER, b"\x18\x40\x06\x43\x03\xcc" + INNER, b"\x19\x03\xcc" + INNER,
        circuit(100)])

    def arcnet(protocol, payload, head=b"\0\0\1"):
        return b"\1\2" + bytes([protocol]) + head + payload

    arp = bytes.fromhex("0007080001040001") + b"\1" + address(ONE) + b"\0" + address("192.0.2.2")
    write(folder, "arcnet", 7, [
        arcnet(0xd4, INNER), arcnet(0xd5, arp), arcnet(0xc4, INNER6), arcnet(0xf0, INNER, b""), arcnet(0xf1, arp, b""),
        arcnet(0xd4, INNER, b"\xff\xff\xff\xd4\0\0\2"), arcnet(0xcd, b"\xaa\xaa\x03\0\0\0" + word(IPV4) + INNER, b""),
        arcnet(0xdd, b"odd"), b"\1\2\xd4\0"])

    def sealed(family, flags, payload, order):
        return struct.pack(order + "I", family) + struct.pack(">I", 0x1234) + struct.pack(order + "I", flags) + payload

    write(folder, "enc", 109, [
        sealed(2, 0x2800, INNER, "<"), sealed(24, 0x0c00, INNER6, ">"), sealed(2, 0x1000, INNER, ">"),
        sealed(7, 0, b"odd", "<"), sealed(2, 0, b"", "<")[:9]])


def bridges(folder):
    write(folder, "ieee8021ah", 1, [
        frame(struct.pack(">I", 0xf3001234) + mac(4) + mac(3) + word(IPV4) + INNER, 0x88e7),
        frame(struct.pack(">I", 5) + mac(4) + mac(3) + word(IPV6) + INNER6 + bytes(3), 0x88e7),
        frame(struct.pack(">I", 5) + mac(4), 0x88e7)])
    llc = b"\xaa\xaa\x03\0\0\0" + word(IPV4) + INNER
    write(folder, "vntag", 1, [
        frame(struct.pack(">I", 0x80050001) + word(IPV4) + INNER, 0x8926),
        frame(struct.pack(">I", 0x4005f001) + word(IPV6) + INNER6, 0x8926),
        frame(struct.pack(">I", 1) + word(len(llc)) + llc + bytes(4), 0x8926),
        frame(struct.pack(">I", 1) + word(99) + llc, 0x8926), frame(b"\0\0", 0x8926)])
    write(folder, "loop", 1, [
        frame(bytes.fromhex("0000010005 00") + bytes(40), 0x9000),
        frame(bytes.fromhex("00000200") + mac(3) + bytes.fromhex("01000500") + bytes(34), 0x9000),
        frame(bytes.fromhex("08000200") + mac(3) + bytes.fromhex("01000500") + bytes(34), 0x9000),
        frame(bytes.fromhex("00000700") + bytes(4), 0x9000), frame(b"\0", 0x9000)])
    write(folder, "cmd", 1, [
        frame(bytes.fromhex("010100010064") + word(IPV4) + INNER, 0x8909),
        frame(ip(struct.pack(">HH", 0, 0x8909) + word(IPV6) + bytes.fromhex("010100010064") + INNER6, 47)),
        frame(ip(struct.pack(">HH", 0, 0x8909) + word(0x1234) + bytes.fromhex("010100010064") + b"odd", 47)),
        frame(b"\1\1\0", 0x8909)])

    def mirror(kind, payload, sequence=True):
        return frame(ip(struct.pack(">HH", 0x1000 if sequence else 0, kind) +
                        (struct.pack(">I", 7) if sequence else b"") + payload, 47))

    def third(last, more=b""):
        return mirror(0x22eb, struct.pack(">HHIHH", 0x2005, 0xec01, 0x01020304, 7, last) + more + frame(INNER))

    write(folder, "erspan", 1, [
        mirror(0x88be, frame(INNER), False), mirror(0x88be, struct.pack(">HHI", 0x1005, 0xfc01, 0x123456) + frame(INNER)),
        third(0x8008), third(0x0003, struct.pack(">II", 0x04000011, 0x22)), third(0x0001, struct.pack(">II", 0x0c00c011, 9)),
        third(0x0005, struct.pack(">II", 0x10004011, 9)), third(0x0007, struct.pack(">II", 0x14120011, 9)),
        third(0x0007, struct.pack(">II", 0x1c100011, 9)), third(0x0007, struct.pack(">II", 0x20000011, 9)),
        mirror(0x88be, struct.pack(">HHI", 0x3005, 1, 0) + frame(INNER)), mirror(0x22eb, b"\x20\5\0\1")])


def tunnels(folder):
    def geneve(kind, payload, options=b"", flags=0, version=0, reserved=0):
        return datagram(bytes([version << 6 | len(options) // 4, flags]) + word(kind) +
                        struct.pack(">I", 0x1234 << 8 | reserved) + options + payload, 50000, 6081)

    write(folder, "geneve", 1, [
        geneve(0x6558, frame(INNER)), geneve(IPV4, INNER, bytes.fromhex("01028001") + b"abcd", 0xc0),
        geneve(IPV6, INNER6, bytes.fromhex("ffff0100 0000e001") + b"wxyz"), geneve(MPLS, LABELLED, version=1, reserved=5),
        geneve(0x1234, b"odd"), geneve(IPV4, b"", bytes.fromhex("0102031f") + b"abcd"), geneve(IPV4, b"")[:48]])
    write(folder, "etherip", 1, [
        frame(ip(b"\x30\0" + frame(INNER), 97)), frame(ip(b"\x30\0" + frame(INNER), 97, ONE6, OTHER6), IPV6),
        frame(ip(b"\x20\1" + frame(INNER), 97)), frame(ip(frame(INNER), 143, ONE6, OTHER6), IPV6),
        frame(ip(b"\x30", 97))])

    def nsh(kind, following, payload, metadata=bytes(16), words=None):
        words = 2 + len(metadata) // 4 if words is None else words
        return frame(struct.pack(">HBBI", 63 << 6 | words, kind, following, 0x000001ff) + metadata + payload, 0x894f)

    write(folder, "nsh", 1, [
        nsh(1, 1, INNER), nsh(1, 3, frame(INNER), b"abcdefghijklmnop"), nsh(2, 2, INNER6, b""),
        nsh(2, 5, LABELLED, bytes.fromhex("0009 07 03") + b"abc\0"), nsh(1, 1, INNER, words=2), nsh(1, 9, b"odd"),
        nsh(1, 1, b"")[:20],
        datagram(bytes.fromhex("0c000004 00000500") + nsh(2, 1, INNER, b"")[14:], 50000, 4790)])
    far = "2001:0:c000:201:8000:63bf:39cc:9bfd"
    packet = ip(udp(b"hello", 40000, 9, far, OTHER6), 17, far, OTHER6)
    bubble = ip(b"", 59, far, OTHER6)
    proof, origin = b"\0\1\0\0" + b"12345678" + b"\0", b"\0\0" + word(40000 ^ 0xffff) + bytes(255 - x for x in address(ONE))
    write(folder, "teredo", 1, [
        datagram(packet, 50000, 3544), datagram(bubble, 3544, 50000), datagram(proof + bubble, 50000, 3544),
        datagram(b"\0\1\2\4idauth12345678\1" + bubble, 50000, 3544), datagram(origin + bubble, 3544, 50000),
        datagram(proof + origin + bubble, 3544, 50000), datagram(b"odd", 50000, 3544), datagram(b"\0\1\2", 50000, 3544)])
    write(folder, "udpencap", 1, [
        datagram(b"\xff", 4500, 4500), datagram(struct.pack(">II", 1, 1) + bytes(range(32)), 4500, 4500),
        datagram(bytes(4) + b"12345678" + bytes(8) + bytes.fromhex("21202208000000000000001c"), 4500, 4500),
        datagram(b"\0\0", 4500, 4500)])

    def lite(coverage, source=ONE, target=OTHER, given=None):
        return ip(udp(b"hello", 40000, 9, source, target, 136, coverage, given), 136, source, target)

    write(folder, "udplite", 1, [frame(lite(coverage)) for coverage in (0, 8, 10, 13, 7, 50)] + [
        frame(lite(8, given=0x1234)), frame(lite(10, given=0)), frame(lite(8, ONE6, OTHER6), IPV6),
        frame(ip(b"\x9c\x40\0\x09\0", 136))])
    write(folder, "echo", 1, [
        datagram(b"hello", 40000, 7), frame(ip(udp(b"hello", 7, 40000, OTHER, ONE), 17, OTHER, ONE))])


def wireless(folder):
    llc = b"\xaa\xaa\x03\0\0\0" + word(IPV4) + INNER

    def air(kind, flags, body=b"", addresses=3, qos=b"", fourth=b""):
        kind = (kind & 15) << 4 | kind >> 4 << 2
        head = bytes([kind, flags]) + b"\x2c\0" + mac(1) + mac(2) + mac(3)
        if addresses < 3:
            return head[:4 + 6 * addresses] + body
        return head + b"\x31\x01" + fourth + qos + body

    frames = [
        air(0x20, 0x00, llc), air(0x28, 0x01, llc, qos=b"\x06\0"), air(0x28, 0x0a, llc, qos=b"\x65\0"),
        air(0x28, 0x83, llc, qos=b"\0\0HTHT", fourth=mac(4)), air(0x28, 0x41, bytes(range(30)), qos=b"\0\0"),
        air(0x28, 0x02, bytes(range(30)), qos=b"\x80\0"), air(0x20, 0x05, llc), air(0x2c, 0x11, qos=b"\7\0"),
        air(0x08, 0x00, bytes(8) + b"\x64\0\1\0\0\5lab 1"), air(0x0b, 0x08, bytes(6)),
        air(0x1b, 0, addresses=2), air(0x1c, 0, addresses=1), air(0x1d, 0, addresses=1), air(0x1e, 0, addresses=2),
        air(0x1a, 0, addresses=2), air(0x19, 0, bytes(12), addresses=2), air(0x17, 0, b"odd", addresses=1),
        b"\x0a\0odd", air(0x20, 0)[:20], b"\x08", air(0x1d, 0)[:8]]
    write(folder, "wlan", 105, frames)

    def tap(present, fields, payload, more=b""):
        head = struct.pack("<I", present) + more + fields
        return b"\0\0" + struct.pack("<H", 4 + len(head)) + head + payload

    write(folder, "radiotap", 127, [
        tap(2, b"\x10", frames[1] + b"\1\2\3\4"), tap(3, bytes(8) + b"\x00", frames[8]),
        tap(0x80000002, b"\0\0\0\0\x50", frames[12] + b"\1\2\3\4", struct.pack("<I", 0)), tap(0, b"", frames[0]),
        tap(2, b"\x10", frames[4] + b"\1\2\3\4"), tap(3, b"\0", b"")[:9], tap(2, b"\x10", b"\x08\0\0"),
        b"\0\0\x40\0\0\0\0\0"])


if __name__ == "__main__":
    for make in (serial, bridges, tunnels, wireless):
        make(sys.argv[1])
