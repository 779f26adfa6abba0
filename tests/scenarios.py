#!/usr/bin/env python3
"""What captures have to show, as those know who made them; what peel prints was not asked for it.

scenarios.py TABLE DIRECTORY [NAME...]

TABLE has captures, each with the options that it needs; below it stands what is in it:

    http-basic.pcap
      3 http.response.code == 200               so many packets pass the filter; 3+: so many or more
      rows http.request.method http.request.uri | ip
        GET  /                                   these fields of the packets that pass it and have one of them
                                                 (but tcp.stream)
        HEAD /index.html
      stream 0 clean H1 C1                       verdict and rules of --verify tcp ("options" not listed)
      lookups 5 clean 1 violation                the verdicts of --verify dns
      object http big.txt = nginx big.txt        an object with that name and content

A FILE.keys beside a capture is its key log. PEEL names the peel. Speaks TAP."""
import json
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile

PEEL = os.environ.get("PEEL", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "peel"))


def nginx_files():
    """The laboratory's web server has the same files in each run."""
    words = ("packet capture dissector stream segment window handshake payload header "
             "checksum sequence acknowledgement fragment datagram").split()
    dice = random.Random(7)
    big = "\n".join(" ".join(dice.choice(words) for _ in range(12)) for _ in range(700)) + "\n"
    return {"big.txt": big.encode(), "bin.dat": dice.randbytes(200000),
            "index.html": b"<!doctype html><title>lab</title><h1>It works</h1>\n"}


def content(words):
    """bytes: nginx FILE [FROM:TO] | seed SEED SIZE [FROM:TO] | text STRING [TIMES]"""
    kind, rest = words[0], words[1:]
    if kind == "text":
        made = rest[0].encode().decode("unicode_escape").encode("latin-1")
        return made * (int(rest[1]) if len(rest) > 1 else 1)
    made = nginx_files()[rest[0]] if kind == "nginx" else random.Random(int(rest[0])).randbytes(
        int(rest[1]))
    part = rest[1 if kind == "nginx" else 2:]
    if part:
        first, last = part[0].split(":")
        made = made[int(first or 0):int(last) if last else None]
    return made


class Capture:
    def __init__(self, path, options):
        self.path = path
        keys = os.path.splitext(path)[0] + ".keys"
        self.options = ["-n"] + options + (["--keylog", keys] if os.path.exists(keys) else [])
        self.verdicts = {}

    def peel(self, *arguments):
        done = subprocess.run([PEEL] + self.options + list(arguments), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=120)
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode(
            "utf-8", "replace").strip()

    def count(self, least, filter):
        status, out, error = self.peel("-r", self.path, "-Y", filter, "-T", "fields", "-e",
                                       "frame.number")
        found = len(out.splitlines())
        good = found >= int(least[:-1]) if least.endswith("+") else found == int(least)
        if status or not good:
            return "%d packets instead of %s %s" % (found, least, error)
        return None

    def rows(self, fields, filter, expected):
        telling = [field for field in fields if field != "tcp.stream"]
        needed = "(%s)" % " || ".join(telling)
        status, out, error = self.peel(
            "-r", self.path, "-Y", needed + (" && (%s)" % filter if filter else ""), "-T", "fields",
            *[word for field in fields for word in ("-e", field)])
        shown = [[cell or "-" for cell in line.split("\t")] for line in out.splitlines()]
        expected = [re.split(r"\t| {2,}", row) for row in expected]
        for at in range(max(len(shown), len(expected))):
            one, other = ((rows + [None] * (at + 1))[at] for rows in (shown, expected))
            if one != other:
                return "row %d is %s instead of %s %s" % (at + 1, one, other, error)
        return "exit status %d %s" % (status, error) if status else None

    def verify(self, kind):
        if kind not in self.verdicts:
            self.verdicts[kind] = json.loads(
                self.peel("--verify", kind, "-T", "json", self.path)[1])["subjects"]
        return self.verdicts[kind]

    def stream(self, number, verdict, rules):
        for subject in self.verify("tcp"):
            if subject["number"] == number:
                said = [finding["rule"] for finding in subject["findings"]]
                said = [subject["verdict"]] + [rule for rule in said if rule != "options"]
                return None if said == [verdict] + rules else "is " + " ".join(said)
        return "there is no such stream"

    def lookups(self, numbers):
        said = {}
        for subject in self.verify("dns"):
            said[subject["verdict"]] = said.get(subject["verdict"], 0) + 1
        wanted = dict(zip(numbers[1::2], map(int, numbers[::2])))
        return None if said == wanted else "are %s" % said

    def object(self, kind, name, words):
        with tempfile.TemporaryDirectory() as folder:
            _, _, error = self.peel("-q", "-r", self.path, "--export-objects",
                                    kind + "," + folder + "/objects")
            saved = os.path.join(folder, "objects")
            names = sorted(os.listdir(saved)) if os.path.isdir(saved) else []
            if name not in names:
                return "is not among %s %s" % (names, error)
            with open(os.path.join(saved, name), "rb") as file:
                found = file.read()
        wanted = content(words)
        return None if found == wanted else "has other content, %d bytes instead of %d" % (
            len(found), len(wanted))


def check(capture, line, below):
    """What is wrong; None: nothing."""
    words = line.split()
    if words[0] == "rows":
        fields, _, filter = line[4:].partition("|")
        return capture.rows(fields.split(), filter.strip(), below)
    if words[0] == "stream":
        return capture.stream(int(words[1]), words[2], words[3:])
    if words[0] == "lookups":
        return capture.lookups(words[1:])
    if words[0] == "object":
        named, _, made = line.partition(" = ")
        return capture.object(words[1], named.split(None, 2)[2].strip(), shlex.split(made))
    return capture.count(words[0], line.split(None, 1)[1])


def read_table(path):
    """[(capture, options, [(line, [lines below it])])]"""
    table = []
    with open(path, encoding="utf-8") as file:
        for line in file.read().splitlines():
            indent = len(line) - len(line.lstrip())
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            if indent == 0:
                words = shlex.split(line)
                table.append((words[0], words[1:], []))
            elif indent == 2:
                table[-1][2].append((line.strip(), []))
            else:
                table[-1][2][-1][1].append(line.strip())
    return table


def main():
    table, folder, names = sys.argv[1], sys.argv[2], sys.argv[3:]
    number = failed = 0
    for name, options, checks in read_table(table):
        if names and name not in names:
            continue
        capture = Capture(os.path.join(folder, name), options)
        for line, below in checks:
            number += 1
            fault = check(capture, line, below)
            failed += fault is not None
            print("%sok %d - %s: %s" % ("not " if fault else "", number, name, line))
            if fault:
                print("# " + fault.replace("\n", "\n# "), flush=True)
    print("1..%d" % number)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
