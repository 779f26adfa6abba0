#!/usr/bin/env python3
"""Followed bytes against what was sent: both ends of these connections sent known bytes.

follow_lab.py [DIRECTORY]    captures/follow.pcap, and the TCP scenarios of a laboratory whose captures
                             are in DIRECTORY (tcp-loss-sender.pcap and so on). PEEL names the peel.

Each byte that is there has to be the one that was sent at its place, and each gap as long as what it
stands for. Speaks TAP."""
import os
import random
import re
import subprocess
import sys

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


def main():
    cases = [(os.path.join(TOP, "captures"), c) for c in OURS]
    if len(sys.argv) > 1:
        cases += [(sys.argv[1], c) for c in LABORATORY]
    failed = 0
    print("1..%d" % len(cases))
    for folder, (name, stream, sent, missing) in cases:
        sides = follow(os.path.join(folder, name + ".pcap"), stream)
        faults = [fault(*side) for side in zip(sides, sent, missing)]
        good = faults == [None, None]
        failed += not good
        print("%sok - %s, stream %d" % ("" if good else "not ", name, stream))
        for side, text in zip(("opener", "other"), faults):
            if text:
                print("# %s: %s" % (side, text))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
