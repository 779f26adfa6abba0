#!/usr/bin/env python3
"""Makes the captures that `peel --verify tcp` is tested with: every rule, and what nearly breaks it.

    make-verify.py FOLDER     writes verify-tcp-*.pcap[ng] there, always the same bytes
    make-verify.py --list     which stream of which file shows what

A case is a connection of its own and a stream of its file, numbered from 0.  A line of its script is

    SIDE FLAGS SEQUENCE ACKNOWLEDGMENT [PAYLOAD] [+MS] [w=WINDOW] [tfo] [cut=BYTES] [port=NUMBER] [isn]

with numbers counted from the SYN of either side, 10 ms after the line before or MS.  PAYLOAD is a
number of bytes, or text.  `tfo` adds a cookie, `cut` leaves so many of the packet.  With

    i TYPE CODE [+MS]

the server's router answers the line before with an ICMP message that quotes 8 bytes of its header.
"""
import struct
import sys

START = 1_800_000_000 * 10 ** 6
OPEN = "c S 0 0; s SA 0 1; c A 1 1"
ASK = "c PA 1 1 100; s A 1 101"
TALK = ASK + "; s PA 1 101 200; c A 101 201"
CLOSE = "c FA 101 201; s FA 201 102; c A 102 202"
BARE_CLOSE = "c FA 1 1; s FA 1 2; c A 2 2"

OPENING = [
    ("H1 C1: opened, nothing said, closed", OPEN, BARE_CLOSE),
    ("H1: captured near the server", "c S 0 0; s SA 0 1 +0.1; c A 1 1 +20", BARE_CLOSE),
    ("H2: SYN sent three times", "c S 0 0; c S 0 0 +1000; c S 0 0 +2000; s SA 0 1; c A 1 1", BARE_CLOSE),
    ("H3: nothing answers", "c S 0 0; c S 0 0 +1000; c S 0 0 +2000"),
    ("H4: refused by the server", "c S 0 0; s RA 0 1"),
    ("H8: the SYN-ACK is stored before the SYN", "s SA 0 1; c S 0 0 +-0.5; c A 1 1", BARE_CLOSE),
    ("H9: Fast Open, accepted", "c S 0 0 50 tfo; s SA 0 51; c A 51 1; c FA 51 1; s FA 1 52; c A 52 2"),
    ("H9: Fast Open, ignored", "c S 0 0 50 tfo; s SA 0 1; c PA 1 1 50; s A 1 51; c FA 51 1; s FA 1 52; c A 52 2"),
    ("H9: data in the SYN without a cookie", "c S 0 0 50; s SA 0 1; c PA 1 1 50; s A 1 51; c FA 51 1; s FA 1 52; c A 52 2"),
    ("H10: opened and reset by the client", OPEN, "c RA 1 1"),
    ("H10: opened and reset by the server", OPEN, "s RA 1 1"),
    ("aborted: the client resets what its SYN began", "c S 0 0; c R 1 0"),
    ("simultaneous open", "c S 0 0; s S 0 0 +1; c SA 0 1; s SA 0 1 +1; c A 1 1", BARE_CLOSE),
    ("wrong-syn-ack: acknowledges 2", "c S 0 0; s SA 0 2; c A 1 1", BARE_CLOSE),
    ("wrong-syn-ack: acknowledges 0", "c S 0 0; s SA 0 0; c A 1 1", BARE_CLOSE),
    ("wrong-ack: acknowledges the SYN-ACK's number + 2", "c S 0 0; s SA 0 1; c A 1 2", BARE_CLOSE),
    ("wrong-ack: acknowledges the SYN-ACK's number", "c S 0 0; s SA 0 1; c A 1 0", BARE_CLOSE),
    ("wrong-ack: the third packet has number 0", "c S 0 0; s SA 0 1; c A 0 1", BARE_CLOSE),
    ("no-ack: the SYN-ACK is not acknowledged", "c S 0 0; s SA 0 1; s SA 0 1 +1000; s SA 0 1 +2000"),
    ("near wrong-ack: the third packet has data", "c S 0 0; s SA 0 1; c PA 1 1 100; s A 1 101; c FA 101 1; s FA 1 102; c A 102 2"),
    ("near wrong-syn-ack: numbers wrap", "c S 0 0 isn; s SA 0 1; c A 1 1", TALK, CLOSE),
    ("wrong answer: a RST that does not acknowledge the SYN", "c S 0 0; s RA 0 7; s SA 0 1; c A 1 1", BARE_CLOSE),
]

DATA = [
    ("D1: a gap that was acknowledged", OPEN, "c PA 1 1 100; s A 1 101; c PA 151 1 50; s A 1 201; c FA 201 1; s FA 1 202; c A 202 2"),
    ("D1: both sides", OPEN, "c PA 51 1 50; s A 1 101; s PA 51 101 50; c A 101 101; c FA 101 101; s FA 101 102; c A 102 102"),
    ("D2: a gap that was never acknowledged", OPEN, "c PA 1 1 100; s A 1 101; c PA 151 1 50; s A 1 101; c FA 201 1; s FA 1 101; c A 202 2"),
    ("near D1: the gap is filled at once", OPEN, "c A 101 1 100; c A 1 1 100 +1; s A 1 201; c FA 201 1; s FA 1 202; c A 202 2"),
    ("near D1: half of the gap is filled", OPEN, "c A 101 1 100; c A 51 1 50; s A 1 201; c FA 201 1; s FA 1 202; c A 202 2"),
    ("D3: resent by timeout", OPEN, "c PA 1 1 100; c PA 1 1 100 +150; s A 1 101; c FA 101 1; s FA 1 102; c A 102 2"),
    ("D3: fast", OPEN, "c A 1 1 100; c A 101 1 100; c A 201 1 100; c A 301 1 100; s A 1 101; s A 1 101; s A 1 101; s A 1 101; c A 101 1 100 +1; s A 1 401; c FA 401 1; s FA 1 402; c A 402 2"),
    ("D3: needless", OPEN, "c PA 1 1 100; s A 1 101; c PA 1 1 100 +150; s A 1 101; c FA 101 1; s FA 1 102; c A 102 2"),
    ("D4: the server closes its window", OPEN, "c PA 1 1 100; s A 1 101 w=0; s A 1 101 +700; c FA 101 1; s FA 1 102; c A 102 2"),
    ("D5: keep-alives", OPEN, TALK, "c A 100 201 +900; s A 201 101; c A 100 201 +900; s A 201 101", CLOSE),
    ("D5: an ACK later than 200 ms", OPEN, "c PA 1 1 100; s A 1 101 +250; c FA 101 1; s FA 1 102; c A 102 2"),
    ("near D5: an ACK after 200 ms", OPEN, "c PA 1 1 100; s A 1 101 +200; c FA 101 1; s FA 1 102; c A 102 2"),
    ("D5: window full", "c S 0 0; s SA 0 1 w=200; c A 1 1", "c PA 1 1 200; s A 1 201 w=200; c FA 201 1; s FA 1 202; c A 202 2"),
    ("D6: a long silence", OPEN, TALK, "c PA 101 201 10 +4500; s A 201 111; c FA 111 201; s FA 201 112; c A 112 202"),
    ("near D6: one second exactly", OPEN, TALK, "c PA 101 201 10 +1000; s A 201 111; c FA 111 201; s FA 201 112; c A 112 202"),
    ("conflict: sent again with other bytes", OPEN, "c PA 1 1 |attack at dawn|; c PA 1 1 |attack at dusk| +150; s A 1 15; c FA 15 1; s FA 1 16; c A 16 2"),
    ("conflict: an overlap with other bytes", OPEN, "c PA 1 1 |abcdefgh|; c PA 5 1 |EFghij| +150; s A 1 11; c FA 11 1; s FA 1 12; c A 12 2"),
    ("near conflict: sent again, cut differently", OPEN, "c PA 1 1 |abcdefgh|; c PA 5 1 |efghij| +150; s A 1 11; c FA 11 1; s FA 1 12; c A 12 2"),
    ("data wrap around number 0", "c S 0 0 isn; s SA 0 1; c A 1 1", "c PA 1 1 100; s A 1 101; c PA 151 1 50; s A 1 201; c FA 201 1; s FA 1 202; c A 202 2"),
]

CLOSING = [
    ("C1: closed by the client", OPEN, TALK, CLOSE),
    ("C1: closed by the server", OPEN, TALK, "s FA 201 101; c FA 101 202; s A 202 102"),
    ("C1: half-closed in between, which is allowed", OPEN, ASK, "c FA 101 1; s A 1 102; s PA 1 102 200; c A 102 201; s FA 201 102; c A 102 202"),
    ("C2: the server never closes", OPEN, TALK, "c FA 101 201; s A 201 102"),
    ("C2: the client never closes", OPEN, TALK, "s FA 201 101; c A 101 202"),
    ("C2 C3: a FIN that nothing answers", OPEN, TALK, "c FA 101 201"),
    ("C3: the last ACK is missing", OPEN, TALK, "c FA 101 201; s FA 201 102"),
    ("C3: the last ACK lacks one", OPEN, TALK, "c FA 101 201; s FA 201 102; c A 102 201"),
    ("C4: reset by the client, all acknowledged", OPEN, TALK, "c RA 101 201"),
    ("C4: reset by the server, bytes unacknowledged", OPEN, "c PA 1 1 100; s RA 1 1"),
    ("C4: reset after idling", OPEN, TALK, "s RA 201 101 +5000"),
    ("C4, neutral: reset after both FINs were acknowledged", OPEN, TALK, CLOSE, "s R 202 0"),
    ("C4: reset after one FIN", OPEN, TALK, "c FA 101 201; s A 201 102; s RA 201 102"),
    ("C5: FIN sent three times", OPEN, TALK, "c FA 101 201; c FA 101 201 +150; c FA 101 201 +600; s FA 201 102; c A 102 202"),
    ("C6: still open", OPEN, TALK),
    ("C7: FINs cross", OPEN, TALK, "c FA 101 201; s FA 201 101 +1; c A 102 202; s A 202 102"),
    ("C8: a RST that is out of window, the client goes on", OPEN, "s R 9000001 0; c PA 1 1 100 +2000; s A 1 101; c FA 101 1; s FA 1 102; c A 102 2"),
    ("data-after-fin: beyond the client's FIN", OPEN, TALK, "c FA 101 201; s A 201 102; c PA 102 201 30; s FA 201 102; c A 132 202"),
    ("near data-after-fin: resent before the FIN", OPEN, TALK, "c FA 101 201; c PA 1 201 100 +150; s FA 201 102; c A 102 202"),
    ("data-after-rst: its sender goes on with data", OPEN, TALK, "c RA 101 201; c PA 101 201 30; s A 201 131"),
    ("near C8: data that were on their way when the RST passed", OPEN, TALK, "c RA 101 201; s PA 201 101 30 +1"),
]

UNDECIDABLE = [
    ("H5 C6: started late, still open", "c PA 1 1 100; s A 1 101; s PA 1 101 200; c A 101 201"),
    ("H5 C1: started late, closed", TALK, CLOSE),
    ("H6: the SYN is missing", "s SA 0 1; c A 1 1", TALK, CLOSE),
    ("H7: only the client was captured", "c S 0 0; c A 1 1 +20; c PA 1 1 100; c A 101 201; c FA 101 201; c A 102 202"),
    ("H6 H7: only the server was captured", "s SA 0 1; s A 1 101; s PA 1 101 200; s FA 201 102"),
    ("H5 H7: only the server's data were captured", "s A 1 101 100; s PA 101 101 100"),
    ("cut: a TCP header is cut by the snap length", OPEN, "c PA 1 1 100; s A 1 101 cut=36; c A 101 1; c FA 101 1; s FA 1 102; c A 102 2"),
    ("cut: the options of the SYN-ACK are cut", "c S 0 0; s SA 0 1 cut=42; c A 1 1", TALK, CLOSE),
    ("H1 C6: nothing ends it", OPEN),
]

COMBINED = [
    ("H2 H1 D3 C1", "c S 0 0; c S 0 0 +1000; s SA 0 1; c A 1 1", "c PA 1 1 100; c PA 1 1 100 +150; s A 1 101; c FA 101 1; s FA 1 102; c A 102 2"),
    ("H8 H1 D1 C7", "s SA 0 1; c S 0 0 +-0.5; c A 1 1", "c PA 51 1 50; s A 1 101; c FA 101 1; s FA 1 101 +1; c A 102 2; s A 2 102"),
    ("H9 H1 D5 C1", "c S 0 0 50 tfo; s SA 0 51; c A 51 1", "c A 50 1 +900; s A 1 51; c FA 51 1; s FA 1 52; c A 52 2"),
    ("wrong-syn-ack D3 C4", "c S 0 0; s SA 0 2; c A 1 1", "c PA 1 1 100; c PA 1 1 100 +150; s RA 1 101"),
    ("H5 D1 D6 C1", "c PA 1 1 100; s A 1 101; c PA 151 1 50 +1500; s A 1 201; c FA 201 1; s FA 1 202; c A 202 2"),
    ("H5 D3 conflict C6", "c PA 1 1 |attack at dawn|; c PA 1 1 |attack at dusk| +150; s A 1 15"),
    ("H1 D4 D5 C5 C1", OPEN, "c PA 1 1 100; s A 1 101 w=0; c A 100 1 +500; s A 1 101 w=0; s A 1 101 +500; c FA 101 1; c FA 101 1 +150; s FA 1 102; c A 102 2"),
    ("H1 D2 C4", OPEN, "c PA 1 1 100; s A 1 101; c PA 151 1 50; s A 1 101; s RA 1 101"),
    ("H1 data-after-fin C2 C3", OPEN, TALK, "c FA 101 201; c PA 102 201 30"),
    ("H6 D3 C4", "s SA 0 1; c A 1 1; c PA 1 1 100; c PA 1 1 100 +150; s A 1 101; c RA 101 1"),
    ("reused-ports: the first connection", "c S 0 0 port=50000; s SA 0 1; c A 1 1", BARE_CLOSE),
    ("reused-ports: the same ports again", "c S 90000 0 port=50000 +1500; s SA 70000 90001; c A 90001 70001; c FA 90001 70001; s FA 70001 90002; c A 90002 70002"),
]

REJECTED = [
    ("unreachable: the port, at once", "c S 0 0; i 3 3"),
    ("unreachable: the host, and it asks again", "c S 0 0; i 3 1; c S 0 0 +1000"),
    ("icmp-error: the way was found later", "c S 0 0; i 3 0; c S 0 0 +1000; s SA 0 1; c A 1 1", BARE_CLOSE),
    ("near unreachable: redirected only", "c S 0 0; i 5 1; c S 0 0 +1000; s SA 0 1; c A 1 1", BARE_CLOSE),
    ("near unreachable: the message quotes data", OPEN, "c PA 1 1 100; i 3 4; c PA 1 1 50; c PA 51 1 50; s A 1 101; c FA 101 1; s FA 1 102; c A 102 2"),
    ("wrong-syn-ack: both open, one acknowledges 2", "c S 0 0; s S 0 0 +1; c SA 0 2; s SA 0 1 +1; c A 1 1", BARE_CLOSE),
    ("wrong-syn-ack: both open, one begins anew", "c S 0 0; s S 0 0 +1; c SA 0 1; s SA 5 1 +1; c A 1 1", BARE_CLOSE),
    ("no-ack: both open, and one hears nothing", "c S 0 0; s S 0 0 +1; c SA 0 1; c SA 0 1 +1000"),
    ("cut: headers of less than 16 bytes", OPEN, "c PA 1 1 100; s A 1 101 cut=28; c A 101 1 cut=24; c FA 101 1; s FA 1 102; c A 102 2"),
    ("unreachable, undecidable: it may still ask again", "c S 0 0; i 3 1"),
    ("unreachable: forbidden, though the capture ends at once", "c S 0 0; i 3 13"),
]

CLEAN = [OPENING[0], CLOSING[0], CLOSING[1], CLOSING[2], CLOSING[15]]
SHORT = [("H3, undecidable: the capture ends too soon", "c S 0 0; c S 0 0 +1000"),
         ("no-ack, undecidable: the capture ends too soon", "c S 0 0; s SA 0 1")]
DROPS = [("drops: the interface dropped packets, and bytes are missing", DATA[0][1], DATA[0][2]),
         ("near drops: nothing is missing here", *CLOSING[0][1:])]

# name, cases, how many packets the interface dropped
FILES = [
    ("opening", OPENING, 0), ("data", DATA, 0), ("closing", CLOSING, 0),
    ("undecidable", UNDECIDABLE, 0), ("combined", COMBINED, 0), ("clean", CLEAN, 0),
    ("short", SHORT, 0), ("drops", DROPS, 12), ("rejected", REJECTED, 0),
]


def sum16(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


class Case:
    """What a line of a script becomes: a packet with its time."""

    def __init__(self, number):
        self.port = 40000 + number
        self.first = [1000000 * (number + 1), 2000000000 + 1000000 * number]

    def options(self, words, syn):
        text = b""
        if syn:
            text += bytes.fromhex("020405b4 0402 0101")
        if "tfo" in words:
            text += bytes.fromhex("220a 0102030405060708 0101")
        return text + b"\1" * (-len(text) % 4)

    def packet(self, side, flags, sequence, acknowledgment, payload, words):
        client = side == "c"
        bits = sum(1 << "FSRPA".index(letter) for letter in flags)
        own, other = self.first if client else reversed(self.first)
        window = next((int(w[2:]) for w in words if w.startswith("w=")), 64000)
        ports = (self.port, 80) if client else (80, self.port)
        options = self.options(words, "S" in flags)
        tcp = struct.pack("!HHIIBBHHH", *ports, (own + sequence) % 2 ** 32,
                          (other + acknowledgment) % 2 ** 32 if "A" in flags else 0,
                          (20 + len(options)) // 4 << 4, bits, window, 0, 0) + options + payload
        ends = (bytes([192, 0, 2, 1]), bytes([198, 51, 100, 2]))
        source, destination = ends if client else reversed(ends)
        check = sum16(source + destination + struct.pack("!HH", 6, len(tcp)) + tcp)
        tcp = tcp[:16] + struct.pack("!H", check) + tcp[18:]
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), 0, 0x4000, 64, 6, 0, source, destination)
        return ip[:10] + struct.pack("!H", sum16(ip)) + ip[12:] + tcp

    def error(self, kind, code):
        quote = self.last[:28]
        icmp = struct.pack("!BBHI", kind, code, 0, 0) + quote
        icmp = icmp[:2] + struct.pack("!H", sum16(icmp)) + icmp[4:]
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(icmp), 0, 0, 64, 1, 0,
                         bytes([198, 51, 100, 254]), quote[12:16])
        return ip[:10] + struct.pack("!H", sum16(ip)) + ip[12:] + icmp

    def line(self, text):
        """(milliseconds since the line before, packet, bytes held)"""
        quoted = text.split("|")
        words = (quoted[0] + quoted[2] if len(quoted) == 3 else text).split()
        payload = quoted[1].encode() if len(quoted) == 3 else b""
        if words[0] == "i":
            packet = self.error(int(words[1]), int(words[2]))
            return next((float(w[1:]) for w in words if w.startswith("+")), 10), packet, len(packet)
        side, flags, sequence, acknowledgment, rest = *words[:4], words[4:]
        if rest and rest[0].isdigit():
            payload = bytes(97 + (int(sequence) + i) % 26 for i in range(int(rest.pop(0))))
        for word in rest:
            if word == "isn":
                self.first[0] = 2 ** 32 - 60
            elif word.startswith("port="):
                self.port = int(word[5:])
                self.first = [7000000, 8000000]
        wait = next((float(w[1:]) for w in rest if w.startswith("+")), 10)
        packet = self.last = self.packet(side, flags, int(sequence), int(acknowledgment), payload, rest)
        return wait, packet, next((int(w[4:]) for w in rest if w.startswith("cut=")), len(packet))


def packets_of(cases, is_long):
    now, packets = START, []
    for number, (_, *scripts) in enumerate(cases):
        case = Case(number)
        for line in "; ".join(scripts).split("; "):
            if scripts[0].startswith("c S 90000"):
                case.port, case.first = 50000, [7000000, 8000000]
            wait, packet, held = case.line(line)
            now += round(wait * 1000)
            packets.append((now, packet, held))
        now += 100000
    if is_long:  # a datagram that shows how long the capture went on
        udp = struct.pack("!HHHH", 9, 9, 8, 0)
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28, 0, 0, 64, 17, 0, bytes([192, 0, 2, 1]), bytes([198, 51, 100, 2]))
        packets.append((now + 3000000, ip + udp, 28))
    return packets


def pcap(packets):
    out = struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101)
    for at, packet, held in packets:
        out += struct.pack("<IIII", at // 10 ** 6, at % 10 ** 6, held, len(packet)) + packet[:held]
    return out


def block(kind, body):
    size = len(body) + 12
    return struct.pack("<II", kind, size) + body + struct.pack("<I", size)


def pcapng(packets, dropped):
    out = block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1)) + block(1, struct.pack("<HHI", 101, 0, 65535))
    for at, packet, held in packets:
        out += block(6, struct.pack("<IIIII", 0, at >> 32, at & 0xffffffff, held, len(packet)) +
                     packet[:held] + b"\0" * (-held % 4))
    return out + block(5, struct.pack("<IIIHHQI", 0, at >> 32, at & 0xffffffff, 5, 8, dropped, 0))


def main():
    for name, cases, dropped in FILES:
        path = "verify-tcp-%s.%s" % (name, "pcapng" if dropped else "pcap")
        if sys.argv[1] == "--list":
            print("%s:" % path)
            for number, case in enumerate(cases):
                print("  %2d  %s" % (number, case[0]))
            continue
        packets = packets_of(cases, name not in ("short", "rejected"))
        data = pcapng(packets, dropped) if dropped else pcap(packets)
        with open("%s/%s" % (sys.argv[1], path), "wb") as file:
            file.write(data)


main()
