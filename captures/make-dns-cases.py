#!/usr/bin/env python3
"""Makes captures/dns-*.pcap: lookups that go well or wrong, one after another, for --verify dns.

    make-dns-cases.py FOLDER

Each lookup has a client port of its own, 40000 and up, and a name that says what it shows.
"""
import socket
import struct
import sys

CLIENT, SERVER, OTHER = "192.0.2.1", "192.0.2.53", "192.0.2.66"
QR, AA, TC, RD, RA, Z = 0x8000, 0x400, 0x200, 0x100, 0x80, 0x40
NOERROR, SERVFAIL, NXDOMAIN, REFUSED = 0, 2, 3, 5
A, CNAME, PTR, TXT, AXFR = 1, 5, 12, 16, 252
ANSWER = QR | RD | RA


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return 0xffff - total


def ip(source, target, protocol, payload):
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), 0, 0x4000, 64, protocol, 0)
    head += socket.inet_aton(source) + socket.inet_aton(target)
    return head[:10] + struct.pack(">H", checksum(head)) + head[12:] + payload


def transport(source, target, protocol, at, header, payload):
    pseudo = socket.inet_aton(source) + socket.inet_aton(target)
    pseudo += struct.pack(">BBH", 0, protocol, len(header) + len(payload))
    total = checksum(pseudo + header + payload)
    header = header[:at] + struct.pack(">H", total) + header[at + 2:]
    return ip(source, target, protocol, header + payload)


def name(text):
    parts = [part.encode() for part in text.split(".") if part]
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def question(text, kind=A, group=1):
    return name(text) + struct.pack(">HH", kind, group)


def record(text, kind, data, ttl=300, group=1):
    return name(text) + struct.pack(">HHIH", kind, group, ttl, len(data)) + data


def address(text, last=80, ttl=300):
    return record(text, A, bytes([192, 0, 2, last]), ttl)


def opt():
    return b"\0" + struct.pack(">HHIH", 41, 1232, 0, 0)


def message(number, flags, questions=(), answers=(), extra=(), tail=b""):
    counts = struct.pack(">HHHHHH", number, flags, len(questions), len(answers), 0, len(extra))
    return counts + b"".join(questions) + b"".join(answers) + b"".join(extra) + tail


class Capture:
    def __init__(self):
        self.packets, self.now, self.port, self.number = [], 0, 39999, 0x1000

    def wait(self, seconds):
        self.now += int(seconds * 10 ** 9)

    def add(self, packet, held=None):
        frame = bytes.fromhex("020000000002 020000000001 0800") + packet
        self.packets.append((self.now, frame[:held], len(frame)))
        self.now += 10 ** 6

    def udp(self, source, target, payload, held=None):
        head = struct.pack(">HHHH", source[1], target[1], 8 + len(payload), 0)
        self.add(transport(source[0], target[0], 17, 6, head, payload), held)

    def tcp(self, source, target, numbers, flags, payload=b""):
        head = struct.pack(">HHIIBBHHH", source[1], target[1], *numbers, 0x50, flags, 8192, 0, 0)
        self.add(transport(source[0], target[0], 6, 16, head, payload))

    def next(self):
        """Another lookup: its port and ID."""
        self.port += 1
        self.number += 1
        return (CLIENT, self.port), self.number

    def ask(self, text, flags=RD, kind=A, extra=()):
        """A query; what its responses need."""
        client, number = self.next()
        self.query(client, number, text, flags, kind, extra)
        return client, number, text

    def query(self, client, number, text, flags=RD, kind=A, extra=()):
        self.udp(client, (SERVER, 53), message(number, flags, [question(text, kind)], extra=extra))

    def answer(self, asked, flags=ANSWER, answers=None, extra=(), source=(SERVER, 53), tail=b""):
        client, number, text = asked
        answers = [address(text)] if answers is None else answers
        self.udp(source, client, message(number, flags, [question(text)], answers, extra, tail))

    def error(self, asked, flags=RD, server=(SERVER, 53)):
        """ICMP: port unreachable, quoting the query."""
        client, number, text = asked
        payload = message(number, flags, [question(text)])
        head = struct.pack(">HHHH", client[1], server[1], 8 + len(payload), 0)
        quote = transport(CLIENT, server[0], 17, 6, head, payload)
        body = struct.pack(">BBHI", 3, 3, 0, 0) + quote
        body = body[:2] + struct.pack(">H", checksum(body)) + body[4:]
        self.add(ip(SERVER, CLIENT, 1, body))

    def over_tcp(self, text, flags=ANSWER):
        client, number = self.next()
        server = (SERVER, 53)
        for kind, body in ((QR, message(number, flags, [question(text)], [address(text)])),
                           (0, message(number, RD, [question(text)]))):
            if kind:
                response = struct.pack(">H", len(body)) + body
            else:
                query = struct.pack(">H", len(body)) + body
        here, there = 100, 200
        self.tcp(client, server, (here, 0), 2)
        self.tcp(server, client, (there, here + 1), 0x12)
        self.tcp(client, server, (here + 1, there + 1), 0x10)
        self.tcp(client, server, (here + 1, there + 1), 0x18, query)
        here += 1 + len(query)
        self.tcp(server, client, (there + 1, here), 0x18, response)
        there += 1 + len(response)
        self.tcp(client, server, (here, there), 0x11)
        self.tcp(server, client, (there, here + 1), 0x11)
        self.tcp(client, server, (here + 1, there + 1), 0x10)

    def write(self, path):
        with open(path, "wb") as out:
            out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1))
            for ns, held, length in self.packets:
                seconds, rest = divmod(ns, 10 ** 9)
                out.write(struct.pack("<IIII", 1_800_000_000 + seconds, rest // 1000, len(held), length))
                out.write(held)


def well():
    c = Capture()
    c.answer(c.ask("answered.example"))
    c.answer(c.ask("nodata.example"), answers=[])
    c.answer(c.ask("nxdomain.example"), ANSWER | NXDOMAIN, [])
    c.answer(c.ask("servfail.example"), ANSWER | SERVFAIL, [])
    c.answer(c.ask("refused.example"), QR | RD | REFUSED, [])
    c.answer(c.ask("ttl-0.example"), answers=[address("ttl-0.example", ttl=0)])
    c.answer(c.ask("ra-without-rd.example", 0), QR | RA)
    asked = c.ask("repeated.example")
    c.wait(5)
    c.query(*asked)
    c.answer(asked)
    c.answer(asked)
    c.answer(c.ask("truncated.example"), ANSWER | TC, [])
    c.over_tcp("truncated.example")
    first = c.ask("open.example")
    second = first[0], first[1], "id-reused.example"
    c.query(*second)
    c.answer(second)
    c.answer(first)
    client, number = c.next()
    c.answer((client, number, "out-of-order.example"))
    c.query(client, number, "out-of-order.example")
    asked = c.ask("icmp-error.example")
    c.error(asked)
    c.query(*asked)
    c.answer(asked)
    # Letters of either case are the same name, and a notification says AA (RFC 1996).
    client, number = c.next()
    c.query(client, number, "cASe.eXample")
    c.answer((client, number, "Case.Example"))
    c.answer(c.ask("notify.example", 4 << 11 | AA), QR | 4 << 11 | AA, [])
    return c


def wrong():
    c = Capture()
    c.answer(c.ask("fine.example"))
    c.wait(6)
    asked = c.ask("wrong-id.example")
    c.answer((asked[0], 0x6666, asked[2]))
    c.answer(asked)
    asked = c.ask("wrong-question.example")
    c.answer((asked[0], asked[1], "other.example"))
    c.answer(asked)
    asked = c.ask("wrong-source.example")
    c.answer(asked, source=(OTHER, 53))
    c.answer(asked)
    asked = c.ask("wrong-port.example")
    c.answer(((CLIENT, 50000), asked[1], asked[2]))
    c.answer(asked)
    asked = c.ask("two-answers.example")
    c.answer(asked)
    c.answer(asked, answers=[address(asked[2], 66)])
    asked = c.ask("two-rcodes.example")
    c.answer(asked)
    c.answer(asked, ANSWER | NXDOMAIN, [])
    c.answer(((CLIENT, 50001), 0x7777, "no-query.example"))
    asked = c.ask("qr-mismatch.example")
    c.answer(asked, RD, [])
    c.ask("unanswered.example")
    asked = c.ask("unanswered-twice.example")
    c.wait(1)
    c.query(*asked)
    c.error(c.ask("unreachable.example"))
    c.answer(c.ask("tc-not-retried.example"), ANSWER | TC, [])
    c.wait(2)
    c.answer(c.ask("last.example"))
    return c


def form():
    c = Capture()
    for text, flags in (("aa-in-query", RD | AA), ("ra-in-query", RD | RA),
                        ("rcode-in-query", RD | NXDOMAIN), ("z-in-query", RD | Z)):
        c.answer(c.ask(text + ".example", flags))
    c.answer(c.ask("z-in-response.example"), ANSWER | Z)
    c.answer(c.ask("rd-mismatch.example"), QR | RA)
    c.answer(c.ask("opcode-mismatch.example"), ANSWER | 2 << 11)
    c.answer(c.ask("opt-unasked.example"), extra=[opt()])
    c.answer(c.ask("opt-asked.example", extra=[opt()]), extra=[opt()])
    a, b = "cname-loop.example", "other.example"
    c.answer(c.ask(a), answers=[record(a, CNAME, name(b)), record(b, CNAME, name(a))])
    a = "cname-chain.example"
    c.answer(c.ask(a), answers=[record(a, CNAME, name(b)), address(b)])
    c.answer(c.ask("extra-data.example"), tail=b"more")
    asked = c.ask("malformed.example")
    c.udp((SERVER, 53), asked[0], message(asked[1], ANSWER, [question(asked[2])], [b"\0"]))
    asked = c.ask("loop-in-name.example")
    c.udp((SERVER, 53), asked[0], message(asked[1], ANSWER, [question(asked[2])],
                                          [struct.pack(">HHHIH", 0xc000 + 12 + len(question(asked[2])),
                                                       A, 1, 300, 4) + bytes(4)]))
    c.over_tcp("tc-over-tcp.example", ANSWER | TC)
    return c


def undecided():
    c = Capture()
    c.answer(((CLIENT, 50000), 0x7777, "began-late.example"))
    c.answer(c.ask("answered.example"))
    asked = c.ask("asked-twice.example")
    c.wait(1)
    c.query(*asked)
    c.answer(asked)
    c.answer(asked, answers=[address(asked[2], 81)])
    asked = c.ask("cut.example")
    body = message(asked[1], ANSWER, [question(asked[2])], [address(asked[2])])
    c.udp((SERVER, 53), asked[0], body, held=80)
    c.wait(6)
    c.udp((OTHER, 53), (CLIENT, 50001), message(0x8888, ANSWER, [question("one-side.example")]))
    c.answer(c.ask("truncated-at-end.example"), ANSWER | TC, [])
    c.ask("unanswered-at-end.example")
    return c


def groups():
    c = Capture()
    here, group = (CLIENT, 5353), ("224.0.0.251", 5353)
    host, other = ("192.0.2.2", 5353), ("192.0.2.3", 5353)
    ask = lambda text, kind=A, flags=0: c.udp(here, group, message(0, flags, [question(text, kind)]))
    say = lambda text, flags=QR | AA, ttl=120, source=host: c.udp(
        source, group, message(0, flags, [], [address(text, 2, ttl)]))
    ask("host.local")
    say("host.local")
    ask("nobody.local")
    say("announced.local")
    say("goodbye.local", ttl=0)
    say("no-aa.local", QR)
    ask("rd.local", flags=RD)
    say("other-port.local", source=(host[0], 5000))
    two = message(0, 0, [question("first.local"), question("second.local")])
    c.udp(here, group, two)
    say("second.local")
    # A one-shot query from another port, answered to that port (RFC 6762, 6.7).
    c.udp((CLIENT, 50000), group, message(7, RD, [question("legacy.local")]))
    c.udp(host, (CLIENT, 50000), message(7, QR | AA, [question("legacy.local")], [address("legacy.local", 2, 10)]))
    group = ("224.0.0.252", 5355)

    def llmnr(text, flags=QR, sources=("192.0.2.2",), asking=0):
        client, number = c.next()
        c.udp(client, group, message(number, asking, [question(text)]))
        for source in sources:
            last = int(source.split(".")[3])
            c.udp((source, 5355), client, message(number, flags, [question(text)], [address(text, last)]))

    llmnr("host")
    llmnr("nobody", sources=())
    llmnr("conflict", QR | AA)
    llmnr("tentative", QR | RD)
    llmnr("two-hosts", sources=("192.0.2.2", "192.0.2.3"))
    llmnr("z", asking=0x10)
    # Nobody is there: to one host that ends the lookup, while of a group another may answer.
    for text, target in (("one-host.local", host), ("group-error.local", ("224.0.0.251", 5353))):
        asked = c.next() + (text,)
        c.udp(asked[0], target, message(asked[1], RD, [question(text)]))
        c.error(asked, server=target)
    return c


def write_lost(path):
    """A query, and what the capture says of packets that it lost: pcapng."""
    c = Capture()
    c.ask("lost.example")
    c.wait(3)
    c.answer(c.ask("answered.example"))

    def block(kind, body):
        body += b"\0" * (-len(body) % 4)
        return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)

    with open(path, "wb") as out:
        out.write(block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1)))
        out.write(block(1, struct.pack("<HHI", 1, 0, 262144)))
        for ns, held, length in c.packets:
            us = 1_800_000_000 * 10 ** 6 + ns // 1000
            out.write(block(6, struct.pack("<IIIII", 0, us >> 32, us & 0xffffffff, len(held), length) + held))
        out.write(block(5, struct.pack("<III", 0, 0, 0) + struct.pack("<HHQ", 5, 8, 2) + bytes(4)))


def main():
    for stem, make in (("well", well), ("wrong", wrong), ("form", form), ("undecided", undecided),
                       ("groups", groups)):
        make().write("%s/dns-%s.pcap" % (sys.argv[1], stem))
    write_lost(sys.argv[1] + "/dns-lost.pcapng")


main()
