#!/usr/bin/env python3
"""Records what docs/labs.md shows and servers do not do by themselves: echo servers, a port scan, ARP
poisoning, forged and reflected DNS answers.  Three namespaces on a bridge that is in a fourth; root only.

    record-course.py FOLDER     writes echo, scan, poison, forged and reflected .pcap into it
"""
import ctypes
import os
import signal
import socket
import struct
import subprocess
import sys
import time

LIBC = ctypes.CDLL(None, use_errno=True)
CLIENT, SERVER, ATTACKER = "192.0.2.10", "192.0.2.20", "192.0.2.66"
HOSTS = {"client": (CLIENT, "02:00:00:00:00:10"), "server": (SERVER, "02:00:00:00:00:20"),
         "attacker": (ATTACKER, "02:00:00:00:00:66")}
PREFIX = "course-"


def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def begin():
    for name in list(HOSTS) + ["switch"]:
        run("ip", "netns", "add", PREFIX + name)
    switch = ("ip", "-n", PREFIX + "switch")
    run(*switch, "link", "add", "br0", "type", "bridge")
    run(*switch, "link", "set", "br0", "up")
    for name, (address, mac) in HOSTS.items():
        run(*switch, "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", PREFIX + name)
        run(*switch, "link", "set", name, "master", "br0", "up")
        host = ("ip", "-n", PREFIX + name)
        run("ip", "netns", "exec", PREFIX + name, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1")
        run(*host, "link", "set", "eth0", "address", mac, "up")
        run(*host, "address", "add", address + "/24", "dev", "eth0")
        # Checksums as on a wire.
        run("ip", "netns", "exec", PREFIX + name, "ethtool", "-K", "eth0", "tx", "off")
    run("ip", "netns", "exec", PREFIX + "attacker", "sysctl", "-qw", "net.ipv4.ip_forward=1",
        "net.ipv4.conf.all.send_redirects=0", "net.ipv4.conf.eth0.send_redirects=0")


def end():
    for name in list(HOSTS) + ["switch"]:
        subprocess.run(["ip", "netns", "delete", PREFIX + name], check=False)


def inside(name, work, *given):
    """Runs work in a namespace, in a process of its own."""
    pid = os.fork()
    if pid == 0:
        fd = os.open("/var/run/netns/" + PREFIX + name, os.O_RDONLY)
        if LIBC.setns(fd, 0x40000000):
            os._exit(1)
        work(*given)
        os._exit(0)
    return pid


class Recorder:
    def __init__(self, name, path, bpf="not ip6"):
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", PREFIX + name, "tcpdump", "-Uni", "eth0", "-w", path, "-Z", "root",
             "--immediate-mode", bpf], stderr=subprocess.PIPE)
        self.process.stderr.readline()
        time.sleep(0.3)

    def stop(self):
        time.sleep(0.5)
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def mac_bytes(text):
    return bytes(int(part, 16) for part in text.split(":"))


def ip_packet(source, target, protocol, payload, number=1):
    head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), number, 0, 64, protocol, 0,
                       socket.inet_aton(source), socket.inet_aton(target))
    return head[:10] + struct.pack(">H", checksum(head)) + head[12:] + payload


def with_checksum(source, target, protocol, segment, at):
    pseudo = socket.inet_aton(source) + socket.inet_aton(target) + struct.pack(">BBH", 0, protocol, len(segment))
    return segment[:at] + struct.pack(">H", checksum(pseudo + segment)) + segment[at + 2:]


def udp_packet(source, source_port, target, port, payload):
    datagram = struct.pack(">HHHH", source_port, port, 8 + len(payload), 0) + payload
    return ip_packet(source, target, 17, with_checksum(source, target, 17, datagram, 6))


def send_frame(from_mac, to_mac, kind, payload):
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as raw:
        raw.bind(("eth0", 0))
        raw.send(mac_bytes(to_mac) + mac_bytes(from_mac) + struct.pack(">H", kind) + payload)


# --- echo ---

def echo_server(port, kind):
    with socket.socket(socket.AF_INET, kind) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((SERVER, port))
        if kind == socket.SOCK_DGRAM:
            for _ in range(2):
                data, peer = server.recvfrom(2000)
                server.sendto(data, peer)
            return
        server.listen()
        connection, _ = server.accept()
        while data := connection.recv(2000):
            connection.sendall(data)
        connection.close()


def echo_client(port, kind):
    with socket.socket(socket.AF_INET, kind) as client:
        client.settimeout(2)
        client.connect((SERVER, port))
        for line in (b"Hello, is anybody there?\n", b"Gr\xc3\xbc\xc3\x9fe, \xe4\xb8\x96\xe7\x95\x8c\n"):
            client.send(line)
            client.recv(2000)
            time.sleep(0.05)
        time.sleep(0.1)


def record_echo(folder):
    recorder = Recorder("client", folder + "/echo.pcap", "arp or udp or tcp or icmp")
    for port, kind in ((3333, socket.SOCK_DGRAM), (4444, socket.SOCK_STREAM)):
        server = inside("server", echo_server, port, kind)
        time.sleep(0.2)
        os.waitpid(inside("client", echo_client, port, kind), 0)
        os.waitpid(server, 0)
    # Nobody listens here.
    os.waitpid(inside("client", ask_nobody), 0)
    recorder.stop()


def ask_nobody():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.sendto(b"Nobody?\n", (SERVER, 3334))


# --- a scan of ports ---

def listen_on(ports):
    servers = []
    for port in ports:
        servers.append(socket.create_server((SERVER, port)))
    time.sleep(3)


def scan(ports):
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
        for i, port in enumerate(ports):
            head = struct.pack(">HHIIBBHHH", 61000, port, 1000 + i, 0, 0x60, 2, 1024, 0, 0) + \
                b"\x02\x04\x05\xb4"
            raw.sendto(ip_packet(CLIENT, SERVER, 6, with_checksum(CLIENT, SERVER, 6, head, 16), i + 1),
                       (SERVER, 0))
            time.sleep(0.02)


def record_scan(folder):
    recorder = Recorder("client", folder + "/scan.pcap", "tcp")
    server = inside("server", listen_on, (22, 80))
    time.sleep(0.3)
    # A firewall that says nothing.
    nft = ("ip", "netns", "exec", PREFIX + "server", "nft", "add")
    run(*nft, "table", "ip", "course")
    run(*nft, "chain", "ip", "course", "input", "{ type filter hook input priority 0; }")
    run(*nft, "rule", "ip", "course", "input", "tcp", "dport", "25", "drop")
    os.waitpid(inside("client", scan, (21, 22, 23, 25, 80, 110, 143, 443)), 0)
    recorder.stop()
    os.kill(server, signal.SIGKILL)
    os.waitpid(server, 0)


# --- ARP poisoning ---

def arp_reply(of, of_mac, to, to_mac):
    return struct.pack(">HHBBH6s4s6s4s", 1, 0x800, 6, 4, 2, mac_bytes(of_mac), socket.inet_aton(of),
                       mac_bytes(to_mac), socket.inet_aton(to))


def poison():
    mine = HOSTS["attacker"][1]
    for target, other in (("client", SERVER), ("server", CLIENT)):
        address, mac = HOSTS[target]
        send_frame(mine, mac, 0x0806, arp_reply(other, mine, address, mac))


def ping(count):
    subprocess.run(["ping", "-q", "-c", str(count), "-i", "0.2", SERVER], stdout=subprocess.DEVNULL, check=False)


def forget_neighbours():
    for name in HOSTS:
        run("ip", "-n", PREFIX + name, "neigh", "flush", "all")


def record_poison(folder):
    forget_neighbours()
    recorder = Recorder("client", folder + "/poison.pcap", "arp or icmp")
    os.waitpid(inside("client", ping, 1), 0)
    # Linux believes a new answer only a second after the last one (locktime in arp(7)).
    time.sleep(1.2)
    os.waitpid(inside("attacker", poison), 0)
    time.sleep(0.2)
    os.waitpid(inside("client", ping, 2), 0)
    recorder.stop()


# --- DNS ---

def name_of(text):
    return b"".join(bytes([len(part)]) + part.encode() for part in text.split(".")) + b"\0"


def query(number, name, kind, edns):
    extra = b"\0" + struct.pack(">HHIH", 41, 4096, 0, 0) if edns else b""
    return struct.pack(">HHHHHH", number, 0x0100, 1, 0, 0, 1 if edns else 0) + name_of(name) + \
        struct.pack(">HH", kind, 1) + extra


def answer(number, name, kind, records):
    return struct.pack(">HHHHHH", number, 0x8580, 1, len(records), 0, 0) + name_of(name) + \
        struct.pack(">HH", kind, 1) + b"".join(
            b"\xc0\x0c" + struct.pack(">HHIH", what, 1, 300, len(data)) + data for what, data in records)


def ask(number, name):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.bind((CLIENT, 40053))
        client.sendto(query(number, name, 1, False), (SERVER, 53))
        time.sleep(0.5)


def answer_late(number, name, address):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((SERVER, 53))
        _, peer = server.recvfrom(600)
        time.sleep(0.04)
        server.sendto(answer(number, name, 1, [(1, socket.inet_aton(address))]), peer)


def forge(number, name, address):
    time.sleep(0.01)
    packet = udp_packet(SERVER, 53, CLIENT, 40053, answer(number, name, 1, [(1, socket.inet_aton(address))]))
    send_frame(HOSTS["attacker"][1], HOSTS["client"][1], 0x0800, packet)


def record_forged(folder):
    forget_neighbours()
    recorder = Recorder("client", folder + "/forged.pcap", "udp or icmp")
    server = inside("server", answer_late, 0x1f2e, "www.example.test", "203.0.113.10")
    time.sleep(0.2)
    client = inside("client", ask, 0x1f2e, "www.example.test")
    os.waitpid(inside("attacker", forge, 0x1f2e, "www.example.test", ATTACKER), 0)
    os.waitpid(client, 0)
    os.waitpid(server, 0)
    recorder.stop()


def answer_much(count):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((SERVER, 53))
        for _ in range(count):
            data, peer = server.recvfrom(600)
            texts = [(16, bytes([240]) + (b"all work and no play " * 12)[:240]) for _ in range(12)]
            server.sendto(answer(struct.unpack(">H", data[:2])[0], "example.test", 255, texts), peer)


def reflect(count):
    for i in range(count):
        packet = udp_packet(CLIENT, 5353 + 47000 + i, SERVER, 53, query(0x4000 + i, "example.test", 255, True))
        send_frame(HOSTS["attacker"][1], HOSTS["server"][1], 0x0800, packet)
        time.sleep(0.05)


def record_reflected(folder):
    recorder = Recorder("server", folder + "/reflected.pcap", "ip")
    server = inside("server", answer_much, 3)
    time.sleep(0.2)
    os.waitpid(inside("attacker", reflect, 3), 0)
    os.waitpid(server, 0)
    recorder.stop()


def main():
    folder = sys.argv[1]
    begin()
    try:
        for record in (record_echo, record_scan, record_poison, record_forged, record_reflected):
            record(folder)
    finally:
        end()


if __name__ == "__main__":
    main()
