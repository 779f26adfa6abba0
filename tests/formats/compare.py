#!/usr/bin/env python3
"""How many lines does peel print as tshark prints them?

compare.py [-v] [-f FORMAT ...] CAPTURE...: a row per format with the lines both print, the longer
output's lines and their ratio; -v shows the lines that differ.  tshark reads twice (-2) and verifies
checksums, as peel does.  Its answers are kept in ~/.cache/peel-formats, by file content.
A line of -T ek is split at its members, and members of the same name are put together, which
tshark leaves apart."""
import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile

FORMATS = {
    "text": [], "tabs": ["-T", "tabs"], "V": ["-V"], "x": ["-x"], "Vx": ["-V", "-x"], "Px": ["-P", "-x"],
    "PV": ["-P", "-V"], "hexdump": ["--hexdump", "all"],
    "fields": ["-T", "fields", "-E", "header=y", "-e", "frame.number", "-e", "_ws.col.Time", "-e", "_ws.col.Protocol",
               "-e", "_ws.col.Info", "-e", "ip.src", "-e", "ipv6.src", "-e", "eth.addr", "-e", "ip", "-e", "tcp.flags",
               "-e", "udp.port", "-e", "tcp.len", "-e", "dns.qry.name", "-e", "dns", "-e", "frame.protocols",
               "-e", "frame.time", "-e", "frame.time_delta"],
    "json": ["-T", "json", "--no-duplicate-keys"], "jsonx": ["-T", "json", "-x", "--no-duplicate-keys"],
    "jsonraw": ["-T", "jsonraw", "--no-duplicate-keys"], "ek": ["-T", "ek"],
    "pdml": ["-T", "pdml"], "psml": ["-T", "psml"],
    "ta": ["-t", "a"], "tad": ["-t", "ad"], "tadoy": ["-t", "adoy"], "td": ["-t", "d"], "tdd": ["-t", "dd"],
    "te": ["-t", "e"], "tr": ["-t", "r"], "tu": ["-t", "u"], "tud": ["-t", "ud"], "tudoy": ["-t", "udoy"],
}
# Statistics, each with what is asked of it.
FORMATS.update({"z:" + name: ["-q", "-z", name] for name in (
    "conv,eth conv,ip conv,ipv6 conv,tcp conv,udp endpoints,eth endpoints,ip endpoints,ipv6 endpoints,tcp "
    "endpoints,udp io,phs io,phs,tcp io,stat,1 io,stat,0,tcp,udp,dns io,stat,0.5,COUNT(ip.src)ip.src,SUM(frame.len)frame.len "
    "io,stat,1,MIN(frame.len)frame.len,MAX(frame.len)frame.len,AVG(frame.len)frame.len "
    "expert expert,warn expert,note,tcp "
    "dns,tree http,tree http_req,tree http_srv,tree plen,tree ptype,tree ip_hosts,tree ip_srcdst,tree dests,tree "
    "ipv6_ptype,tree ipv6_hosts,tree ipv6_srcdst,tree ipv6_dests,tree icmp,srt icmpv6,srt dhcp,stat "
    "credentials follow,tcp,ascii,0 follow,tcp,hex,0 follow,tcp,raw,1 follow,udp,ascii,0 "
    "follow,udp,hex,0 follow,http,ascii,0 follow,tcp,yaml,0 flow,tcp,standard flow,tcp,network "
    "flow,any,standard flow,any,network flow,icmp,standard flow,icmpv6,network http_seq,tree http,stat").split()})
FORMATS.update({"z:" + name: ["-N", "nd", "-q", "-z", name] for name in ("hosts", "hosts,ipv4")})
# Both verify checksums, and say in rows which are wrong.
CHECKS = [word for name in ("ip", "tcp", "udp") for word in ("-o", name + ".check_checksum:TRUE")]
# What peel always does, which tshark has to be told.
ORACLE = ["tshark", "-n", "-2", "--enable-heuristic", "bt_utp_udp"] + CHECKS
# What peel finds by its looks, and tshark only where it is told.
FOUND = {"bittorrent.pcap": ["-d", "tcp.port==7000,bittorrent"], "ssh.pcap": ["-d", "tcp.port==2022,ssh"],
         "tftp.pcap": ["-d", "udp.port==40000,tftp"], "quic.pcapng": ["-d", "udp.port==4433,quic"],
         "http2.pcap": ["-d", "tcp.port==8081,http2"],
         "mqtt.pcap": ["-d", "tcp.port==1884,mqtt"], "http2.pcap": ["-d", "tcp.port==8081,http2"],
         "odd-ports.pcapng": [word for rule in (
             "tcp.port==2121,ftp tcp.port==2323,telnet tcp.port==2525,smtp tcp.port==2526,smtp tcp.port==5300,dns "
             "tcp.port==1430,imap tcp.port==1100,pop udp.port==5300,dns udp.port==6969,tftp udp.port==5140,syslog "
             "udp.port==19000,ssdp udp.port==1610,snmp udp.port==1230,ntp udp.port==13700,nbns udp.port==5460,dhcpv6 "
             "udp.port==6767,dhcp").split() for word in ("-d", rule)]}
CACHE = os.path.expanduser("~/.cache/peel-formats")


def output(command):
    environment = dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8")
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
                          check=False).stdout


def asked(options, path):
    with open(path, "rb") as file:
        name = hashlib.sha1(file.read() + path.encode() + repr(ORACLE + options).encode()).hexdigest()
    kept = os.path.join(CACHE, name)
    if not os.path.exists(kept):
        os.makedirs(CACHE, exist_ok=True)
        text = output(ORACLE + ["-r", path] + options)
        with open(kept, "wb") as file:
            file.write(text)
    with open(kept, "rb") as file:
        return file.read()


def merge(pairs):
    merged = {}
    for key, value in pairs:
        if key in merged:
            old = merged[key] if isinstance(merged[key], list) else [merged[key]]
            value = old + (value if isinstance(value, list) else [value])
        merged[key] = value
    return merged


def split_ek(text):
    lines = []
    for line in text.split(b"\n"):
        try:
            lines += json.dumps(json.loads(line, object_pairs_hook=merge), indent=0,
                                ensure_ascii=False).encode("utf-8", "replace").split(b"\n")
        except ValueError:
            lines.append(line)
    return b"\n".join(lines)


def prepared(name, text):
    if name == "ek":
        text = split_ek(text)
    if name == "pdml":
        lines = text.split(b"\n")
        text = b"\n".join(b"<pdml>" if b"<pdml version" in line else line for line in lines)
    return text


def compare(ours, theirs):
    """The lines that both have, in order, and those that differ."""
    with tempfile.NamedTemporaryFile() as a, tempfile.NamedTemporaryFile() as b:
        a.write(theirs)
        a.flush()
        b.write(ours)
        b.flush()
        text = subprocess.run(["diff", "-a", "--speed-large-files", "--unchanged-line-format=", "--old-line-format=-%L",
                               "--new-line-format=+%L", a.name, b.name], stdout=subprocess.PIPE,
                              check=False).stdout
    different = text.split(b"\n")[:-1]
    total = theirs.count(b"\n")
    return total - sum(line[:1] == b"-" for line in different), different


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-v", action="store_true", help="show lines that differ")
    parser.add_argument("-f", default=" ".join(FORMATS), help="formats, with blanks between: " + " ".join(FORMATS))
    parser.add_argument("-p", action="store_true", help="a row per capture")
    parser.add_argument("captures", nargs="+")
    arguments = parser.parse_args()
    peel = os.environ.get("PEEL", "./peel")
    for name in arguments.f.split():
        same = longer = 0
        for path in arguments.captures:
            options = FOUND.get(os.path.basename(path), []) + FORMATS[name]
            theirs = prepared(name, asked(options, path))
            ours = prepared(name, output([peel, "-n", "-2"] + CHECKS + ["-r", path] + options))
            equal, different = compare(ours, theirs)
            lines = max(theirs.count(b"\n"), ours.count(b"\n"))
            same += equal
            longer += lines
            if arguments.p:
                print("%-8s %7d of %7d lines  %6.2f %%  %s" %
                      (name, equal, lines, 100.0 * equal / max(lines, 1), path))
            if arguments.v:
                sys.stdout.write("".join("%s %s\n" % (os.path.basename(path), line.decode("utf-8", "replace"))
                                         for line in different))
        print("%-8s %7d of %7d lines  %6.2f %%" % (name, same, longer, 100.0 * same / max(longer, 1)))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
