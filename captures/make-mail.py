#!/usr/bin/env python3
"""Makes captures/imap.pcap and captures/imf.pcap: what people send to IMAP and SMTP servers.

    make-mail.py FOLDER
"""
import base64
import os
import struct
import sys

CLIENT, SERVER = bytes([192, 0, 2, 1]), bytes([192, 0, 2, 25])
CLIENT6, SERVER6 = (bytes.fromhex("20010db80000000000000000000000") + bytes([last]) for last in (1, 25))
FIN, SYN, PSH, ACK = 1, 2, 8, 16


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return 0xffff - total


class Talk:
    """One connection: each call of client() or server() is a packet."""
    packets = []

    def __init__(self, client_port, server_port):
        self.ports, self.sequence = (client_port, server_port), [1000, 9000]
        self.send(0, SYN)
        self.send(1, SYN | ACK)
        self.send(0, ACK)

    def send(self, side, flags, data=b""):
        source, target = (CLIENT, SERVER) if side == 0 else (SERVER, CLIENT)
        acknowledged = self.sequence[1 - side] if flags & ACK else 0
        tcp = struct.pack(">HHIIBBHHH", self.ports[side], self.ports[1 - side],
                          self.sequence[side], acknowledged, 0x50, flags, 64240, 0, 0) + data
        pseudo = source + target + struct.pack(">BBH", 0, 6, len(tcp))
        tcp = tcp[:16] + struct.pack(">H", checksum(pseudo + tcp)) + tcp[18:]
        ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0x4000, 64, 6, 0) + source + target
        ip = ip[:10] + struct.pack(">H", checksum(ip)) + ip[12:]
        ether = bytes([2, 0, 0, 0, 0, 2 - side, 2, 0, 0, 0, 0, 1 + side, 8, 0])
        self.packets.append(ether + ip + tcp)
        self.sequence[side] += len(data) + bool(flags & (SYN | FIN))

    def client(self, data):
        self.send(0, PSH | ACK, data)

    def server(self, data):
        self.send(1, PSH | ACK, data)

    def close(self):
        self.send(0, FIN | ACK)
        self.send(1, FIN | ACK)
        self.send(0, ACK)


def datagram(data, back=False, ports=(5060, 5060), v6=False):
    """A packet over UDP, from the client or back."""
    addresses = (CLIENT6, SERVER6) if v6 else (CLIENT, SERVER)
    source, target = addresses[::-1] if back else addresses
    first, second = ports[::-1] if back else ports
    udp = struct.pack(">HHHH", first, second, 8 + len(data), 0) + data
    pseudo = source + target + (struct.pack(">IBBBB", len(udp), 0, 0, 0, 17) if v6 else struct.pack(">BBH", 0, 17, len(udp)))
    udp = udp[:6] + struct.pack(">H", checksum(pseudo + udp) or 0xffff) + udp[8:]
    if v6:
        ip = struct.pack(">IHBB", 6 << 28, len(udp), 17, 64) + source + target
    else:
        ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0x4000, 64, 17, 0) + source + target
        ip = ip[:10] + struct.pack(">H", checksum(ip)) + ip[12:]
    side = 1 if back else 0
    ether = bytes([2, 0, 0, 0, 0, 2 - side, 2, 0, 0, 0, 0, 1 + side]) + (b"\x86\xdd" if v6 else b"\x08\x00")
    Talk.packets.append(ether + ip + udp)


def write(path):
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHIIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
        for number, packet in enumerate(Talk.packets):
            out.write(struct.pack("<IIII", 1700000000, number * 1000, len(packet), len(packet)) + packet)
    Talk.packets = []


MAIL = (b"Date: Mon, 01 Jan 2024 00:00:00 +0000\r\nFrom: \"Doe, Jane\" <jane@client.example>\r\n"
        b"To: a@mail.example, Bob (the second) <b@mail.example>,\r\n =?utf-8?B?R3LDvMOfZQ==?= <c@mail.example>\r\n"
        b"Subject: =?iso-8859-1?Q?Gr=FC=DFe?= =?utf-8?b?4oKs?= and\r\n more\r\nMessage-ID: <1@client.example>\r\n"
        b"X-Odd: =?none?q?stays?=\r\nContent-Type: text/plain; charset=\"utf-8\"\r\n\r\nOne\r\n\r\nTwo\r\n")
PARTS = (b"Subject: parts\r\nContent-Type: multipart/mixed;\r\n boundary=\"=b=\"\r\n\r\npreamble\r\n--=b=\r\n"
         b"Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
         b"Gr=C3=BC=C3=9Fe =\r\nin one line\r\n--=b=\r\nContent-Type: application/json\r\n"
         b"Content-Transfer-Encoding: base64\r\n\r\neyJhIjog\r\nWzEsIDJdfQ==\r\n--=b=\r\n"
         b"Content-Type: message/rfc822\r\n\r\nSubject: within\r\n\r\ntext\r\n--=b=\r\n"
         b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nno base64!\r\n--=b=--\r\nend\r\n")
PLAIN = b"Subject: plain\r\nNo colon in this line\r\nText\r\n"


def imap():
    talk = Talk(40001, 143)
    talk.server(b"* OK ready\r\n")
    talk.client(b"a1 CAPABILITY\r\n")
    talk.server(b"* CAPABILITY IMAP4rev1 LITERAL+\r\na1 OK done\r\n")
    talk.client(b"a2 LOGIN {4}\r\n")                    # literals, one waits and one does not
    talk.server(b"+ go on\r\n")
    talk.client(b"jane")
    talk.client(b" {6+}\r\nsec")
    talk.client(b"ret\r\n")
    talk.server(b"a2 OK logged in\r\n")
    talk.client(b"a3 LOGIN \"a b\" \"q \\\" r\"\r\n")
    talk.server(b"a3 BAD already\r\n")
    talk.client(b"a4 SELECT \"My Box\"\r\na5 UID COPY 1:2 Archive\r\n")
    talk.server(b"* 3 EXISTS\r\na4 OK [READ-WRITE] ok\r\na5 NO [TRYCREATE] no such box\r\n")
    talk.client(b"a6 FETCH 1:2 (FLAGS BODY[])\r\n")
    whole = b"* 1 FETCH (FLAGS (\\Seen) BODY[] {%d}\r\n%s)\r\n" % (len(MAIL), MAIL)
    whole += b"* 2 FETCH (FLAGS () BODY[] {%d}\r\n%s)\r\na6 OK done\r\n" % (len(PLAIN), PLAIN)
    talk.server(whole[:300])
    talk.server(whole[300:])
    talk.client(b"a7 FETCH 1 BODY[TEXT]\r\n")
    talk.server(b"* 1 FETCH (BODY[TEXT] {10}\r\nOne\r\n\r\nTwo)\r\na7 OK done\r\n")
    talk.client(b"a8 APPEND Sent (\\Seen) {%d}\r\n" % len(MAIL))
    talk.server(b"+ OK\r\n")
    talk.client(MAIL[:100])
    talk.client(MAIL[100:] + b"\r\n")
    talk.server(b"a8 OK [APPENDUID 1 2] done\r\n")
    talk.client(b"a9 IDLE\r\n")
    talk.server(b"+ idling\r\n")
    talk.server(b"* 4 EXISTS\r\n* 1 RECENT\r\n")
    talk.client(b"DONE\r\n")
    talk.server(b"a9 OK idled\r\n")
    talk.server(b"zz OK of nothing\r\n")
    talk.client(b"b1 LOGOUT\r\n")
    talk.server(b"* BYE\r\nb1 OK bye\r\n")
    talk.close()
    talk = Talk(40002, 143)
    talk.client(b"c1 AUTHENTICATE PLAIN\r\n")
    talk.server(b"+ \r\n")
    talk.client(base64.b64encode(b"\0jane\0secret") + b"\r\n")
    talk.server(b"c1 OK done\r\n")
    talk.client(b"c2 STARTTLS\r\n")
    talk.server(b"c2 OK begin\r\n")
    talk.client(bytes.fromhex("16030100050100000100"))


def imf():
    talk = Talk(40003, 25)
    talk.client(b"DATA\r\n")
    talk.server(b"354 go on\r\n")
    talk.client(MAIL[:200])
    talk.client(MAIL[200:] + b"..dot\r\n.\r\n")
    talk.server(b"250 queued\r\n")
    talk.client(b"DATA\r\n")
    talk.server(b"354 go on\r\n")
    talk.client(PLAIN + b".\r\n")
    talk.server(b"250 queued\r\n")
    talk.client(b"BDAT 20\r\n" + MAIL[:20])
    talk.server(b"250 ok\r\n")
    talk.client(b"BDAT %d LAST\r\n" % (len(MAIL) - 20) + MAIL[20:])
    talk.server(b"250 queued\r\n")
    talk.client(b"DATA\r\n")
    talk.server(b"354 go on\r\n")
    talk.client(PARTS + b".\r\n")
    talk.server(b"250 queued\r\n")
    talk.close()
    talk = Talk(40004, 110)
    talk.client(b"RETR 1\r\n")
    talk.server(b"+OK follows\r\n" + MAIL[:150])
    talk.server(MAIL[150:] + b".\r\n")
    talk.client(b"TOP 2 0\r\n")
    talk.server(b"+OK\r\nSubject: top\r\n\r\n.\r\n")
    talk.close()


imap()
write(os.path.join(sys.argv[1], "imap.pcap"))
imf()
write(os.path.join(sys.argv[1], "imf.pcap"))
