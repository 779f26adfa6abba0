#!/usr/bin/env python3
"""Followed bytes against what was sent: both ends of these connections sent known bytes.

follow_lab.py [DIRECTORY]    captures/follow.pcap, and the TCP scenarios of a laboratory whose captures
                             are in DIRECTORY (tcp-loss-sender.pcap and so on). PEEL names the peel.

Each byte that is there has to be the one that was sent at its place, and each gap as long as what it
stands for: as captured, and with some of the data's packets taken out. Speaks TAP."""
import os
import random
import re
import struct
import subprocess
import sys
import tempfile

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
PEEL = os.environ.get("PEEL", os.path.join(TOP, "peel"))
GAP = re.compile(rb"\[(\d+) bytes missing in capture file\]\0")


def pattern(n, seed=1):
    """What the ends send: the client with seed 1; the server answers OK and bytes of seed 2."""
    return random.Random(seed).randbytes(n)


def transfer(size, back=0):
    return pattern(size), b"OK" + pattern(back, 2)


# name, stream, what the opener and the other end sent, bytes of each that the capture lacks
OURS = [
    ("follow", 0, transfer(6000, 1500), (0, 0)),
    ("follow", 1, transfer(6000, 1500), (408, 482)),
]
LABORATORY = [
    ("tcp-basic", 0, transfer(3000, 2000), (0, 0)),
    ("tcp-basic", 1, transfer(3000, 2000), (0, 0)),
    ("tcp-loss-sender", 0, transfer(500000), (0, 0)),
    ("tcp-loss-receiver", 0, transfer(500000), (0, 0)),
    ("tcp-exact", 0, transfer(90000), (0, 0)),
    ("tcp-reorder", 0, transfer(250000), (0, 0)),
    ("tcp-wrap", 0, transfer(60000, 1000), (0, 0)),
    ("tcp-rto", 0, (b"first" + b"second, lost four times", b""), (0, 0)),
]


def follow(path, stream):
    """Both sides: bytes, or the length of a gap, one a record."""
    out = subprocess.run([PEEL, "-q", "-r", path, "-z", "follow,tcp,raw,%d" % stream],
                         stdout=subprocess.PIPE, check=True).stdout
    sides = [], []
    for line in out.split(b"\nNode 1:")[1].split(b"\n")[1:]:
        if line.startswith(b"="):
            break
        record = bytes.fromhex(line.decode().strip())
        gap = GAP.fullmatch(record)
        sides[line.startswith(b"\t")].append(int(gap.group(1)) if gap else record)
    return sides


def fault(records, sent, missing):
    """What is wrong; None: nothing."""
    at = lost = 0
    for record in records:
        n = record if isinstance(record, int) else len(record)
        if isinstance(record, int):
            lost += n
        elif sent[at:at + n] != record:
            return "bytes %d to %d are not those that were sent" % (at, at + n)
        at += n
    if at != len(sent):
        return "%d bytes instead of %d" % (at, len(sent))
    return None if lost == missing else "%d bytes are missing instead of %d" % (lost, missing)


class Segment:
    """A TCP segment in a record of a pcap file of Ethernet; data is where its bytes are."""

    def __init__(self, record):
        self.ends = None
        packet = record[16:]
        if packet[12:14] == b"\x08\x00" and packet[23] == 6:
            tcp = 14 + (packet[14] & 15) * 4
            end, hosts = 14 + struct.unpack("!H", packet[16:18])[0], (packet[26:30], packet[30:34])
        elif packet[12:14] == b"\x86\xdd" and packet[20] == 6:
            tcp, hosts = 54, (packet[22:38], packet[38:54])
            end = 54 + struct.unpack("!H", packet[18:20])[0]
        else:
            return
        ports = packet[tcp:tcp + 2], packet[tcp + 2:tcp + 4]
        self.ends = tuple(zip(hosts, ports))
        self.sequence, self.flags = struct.unpack("!I", packet[tcp + 4:tcp + 8])[0], packet[tcp + 13]
        self.length = end - tcp - (packet[tcp + 12] >> 4) * 4


def records_of(path):
    with open(path, "rb") as file:
        content = file.read()
    at, records = 24, []
    while at < len(content):
        length = struct.unpack("<I", content[at + 8:at + 12])[0]
        records.append(content[at:at + 16 + length])
        at += 16 + length
    return content[:24], records


def thin_out(path, stream, share, to):
    """Writes the capture without some of what carries the stream's data, all copies of it: what comes
    again after its acknowledgement is known not to be waited for. For each side, how many bytes nothing
    that is left has."""
    head, records = records_of(path)
    segments = [Segment(record) for record in records]
    streams = []
    for segment in segments:
        if segment.ends and segment.flags & 18 == 2 and segment.ends not in streams:
            streams.append(segment.ends)
    opener = streams[stream]
    begin, covered, sent = {}, {0: set(), 1: set()}, {0: set(), 1: set()}
    with open(to, "wb") as file:
        file.write(head)
        for record, segment in zip(records, segments):
            if segment.ends not in (opener, opener[::-1]):
                file.write(record)
                continue
            side = int(segment.ends != opener)
            if segment.flags & 2:
                begin[side] = segment.sequence + 1
            first = (segment.sequence - begin[side]) % 2 ** 32
            has = range(first, first + segment.length) if segment.length else ()
            sent[side].update(has)
            dice = random.Random("%d %d %g" % (side, first, share))
            if segment.length and not segment.flags & 3 and dice.random() < share:
                continue
            covered[side].update(has)
            file.write(record)
    return tuple(len(sent[side] - covered[side]) for side in (0, 1))


def follow_thinned(path, name, stream, sent):
    """The same with a part, and with most of the data taken out."""
    with tempfile.TemporaryDirectory() as folder:
        for share in (0.3, 0.8):
            thinned = os.path.join(folder, name + ".pcap")
            lost = thin_out(path, stream, share, thinned)
            sides = follow(thinned, stream)
            yield share, lost, [fault(*side) for side in zip(sides, sent, lost)]


def report(number, what, faults):
    good = faults == [None, None]
    print("%sok %d - %s" % ("" if good else "not ", number, what))
    for side, text in zip(("opener", "other"), faults):
        if text:
            print("# %s: %s" % (side, text))
    return not good


def main():
    cases = [(os.path.join(TOP, "captures"), c) for c in OURS]
    if len(sys.argv) > 1:
        cases += [(sys.argv[1], c) for c in LABORATORY]
    number = failed = 0
    for folder, (name, stream, sent, missing) in cases:
        path = os.path.join(folder, name + ".pcap")
        what = "%s, stream %d" % (name, stream)
        sides = follow(path, stream)
        number += 1
        failed += report(number, what, [fault(*side) for side in zip(sides, sent, missing)])
        if missing != (0, 0):
            continue
        for share, lost, faults in follow_thinned(path, name, stream, sent):
            number += 1
            failed += report(number, "%s, %d %% taken out: %d and %d bytes are missing" % (
                what, 100 * share, *lost), faults)
    print("1..%d" % number)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
