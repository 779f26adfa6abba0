#!/usr/bin/env python3
"""Records odd-ports.pcapng: servers where nobody looks for them.  dnsmasq, in.tftpd, snmpd, chronyd, vsftpd,
telnetd and logger are the real ones; mail is said by hand.  Root only, in namespaces of record-course.py's.

    record-odd-ports.py FILE
"""
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location(
    "record_course", os.path.join(os.path.dirname(os.path.abspath(__file__)), "record-course.py"))
course = importlib.util.module_from_spec(spec)
spec.loader.exec_module(course)
course.PREFIX = "odd-"
SERVER = course.SERVER


def netns(name, *words, **how):
    return subprocess.Popen(["ip", "netns", "exec", course.PREFIX + name, *words],
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **how)


def client(*words):
    try:
        netns("client", *words).wait(10)
    except subprocess.TimeoutExpired:
        print("no end:", *words)


# --- what is said by hand: (who, line) ---

SMTP = [("S", "220 mail.example.org ready"), ("C", "EHLO client.example.org"), ("S", "250-mail.example.org\r\n250 PIPELINING"),
        ("C", "MAIL FROM:<ann@example.org>"), ("S", "250 ok"), ("C", "RCPT TO:<bob@example.org>"), ("S", "250 ok"),
        ("C", "DATA"), ("S", "354 go on"), ("C", "Subject: found\r\n\r\nWithout its port.\r\n."), ("S", "250 queued"),
        ("C", "QUIT"), ("S", "221 bye")]
POP = [("S", "+OK who is there?"), ("C", "USER bob"), ("S", "+OK"), ("C", "PASS sesame"), ("S", "+OK 1 mail"),
       ("C", "RETR 1"), ("S", "+OK\r\nSubject: found\r\n\r\nWithout its port.\r\n."), ("C", "QUIT"), ("S", "+OK bye")]
IMAP = [("S", "* OK IMAP4rev1 ready"), ("C", "a1 LOGIN bob sesame"), ("S", "a1 OK done"), ("C", "a2 SELECT INBOX"),
        ("S", "* 1 EXISTS\r\na2 OK done"), ("C", "a3 LOGOUT"), ("S", "* BYE\r\na3 OK done")]
# A greeting of SMTP, and then something else: taken back.
MISTAKEN = [("S", "220 mail.example.org ESMTP"), ("C", "PLAY 7"), ("S", "playing")]


def speak(sock, own, lines):
    for who, line in lines:
        if who == own:
            time.sleep(0.02)
            sock.sendall(line.encode() + b"\r\n")
        else:
            wanted = len(line) + 2
            while wanted > 0 and (data := sock.recv(wanted)):
                wanted -= len(data)


def serve_lines(port, lines):
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((SERVER, port))
        server.listen()
        connection, _ = server.accept()
        speak(connection, "S", lines)
        connection.close()


def call_lines(port, lines):
    with socket.socket() as sock:
        sock.connect((SERVER, port))
        speak(sock, "C", lines)
        sock.recv(1)


def talk(port, lines):
    server = course.inside("server", serve_lines, port, lines)
    time.sleep(0.3)
    os.waitpid(course.inside("client", call_lines, port, lines), 0)
    os.waitpid(server, 0)


# Sends what a broadcast asks for, from ports of one's own: DHCP, NetBIOS, SSDP.
def send_datagrams():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("", 40999))
        discover = (bytes([1, 1, 6, 0]) + b"\x12\x34\x56\x78" + bytes(20) + bytes.fromhex("020000000010") + bytes(202) +
                    bytes.fromhex("63825363") + b"\x35\x01\x01\x37\x03\x01\x03\x06\xff")
        sock.sendto(discover, (SERVER, 6767))
        name = "".join(chr(65 + (b >> 4)) + chr(65 + (b & 15)) for b in b"FILESERVER     \x20")
        sock.sendto(b"\x42\x42\x01\x10\0\1\0\0\0\0\0\0\x20" + name.encode() + b"\0\0\x20\0\1", (SERVER, 13700))
        sock.sendto(b"M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\n"
                    b"ST: ssdp:all\r\n\r\n", (SERVER, 19000))
        sock.sendto(b"\x01\x0a\x0b\x0c\0\1\0\x0a\0\3\0\1\2\0\0\0\0\x10\0\6\0\2\0\x17\0\x08\0\2\0\0", (SERVER, 5460))
        # What is none of these, though it begins like some.
        sock.sendto(b"\x42\x42\x01\0\0\1\0\0\0\0\0\0\3www\7example\3com\0\0\1\0\1 and more", (SERVER, 5353 + 1))
        sock.sendto(b"<34>not a log", (SERVER, 5141))
        sock.sendto(b"\0\1letter\0by air\0", (SERVER, 6970))


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write(text)
    return path


def start_servers(folder):
    write(folder, "hello.txt", "Hello from an odd port.\n" * 40)
    os.chmod(folder, 0o755)
    os.makedirs("/run/vsftpd/empty", exist_ok=True)
    ftp = write(folder, "vsftpd.conf", f"listen=YES\nlisten_port=2121\nanonymous_enable=YES\nanon_root={folder}\n"
                "local_enable=NO\nsecure_chroot_dir=/run/vsftpd/empty\nbackground=NO\nftpd_banner=Files, nothing else\n"
                "seccomp_sandbox=NO\nisolate_network=NO\n")
    snmp = write(folder, "snmpd.conf", "rocommunity public\n")
    chrony = write(folder, "chrony.conf", "port 1230\ncmdport 0\nlocal stratum 3\nallow\n")
    servers = [
        ("dnsmasq", "-k", "-p", "5300", "-C", "/dev/null", "-u", "root", "--no-resolv", "--no-hosts", "--bind-interfaces",
         "--listen-address=" + SERVER, "--address=/www.example.org/192.0.2.80", "--txt-record=long.example.org," + "x" * 200),
        ("in.tftpd", "-L", "-a", SERVER + ":6969", "-u", "nobody", "-s", folder),
        ("snmpd", "-f", "-C", "-c", snmp, "-I", "system_mib,sysORTable", "-p", os.path.join(folder, "pid"), f"udp:{SERVER}:1610"),
        ("vsftpd", ftp),
        ("chronyd", "-d", "-x", "-U", "-u", "root", "-f", chrony),
        ("busybox", "nc", "-ll", "-p", "2323", "-e", "telnetd", "-E", "/bin/echo Hello"),
    ]
    return [netns("server", *words, start_new_session=True) for words in servers]


def record(folder):
    client("dig", "+tries=1", "+noall", "-p", "5300", "@" + SERVER, "www.example.org", "A")
    client("dig", "+tries=1", "+tcp", "-p", "5300", "@" + SERVER, "long.example.org", "TXT")
    client("busybox", "tftp", "-g", "-r", "hello.txt", "-l", os.path.join(folder, "got"), SERVER, "6969")
    client("snmpget", "-v2c", "-c", "public", "-t", "1", "-r", "0", f"udp:{SERVER}:1610", "1.3.6.1.2.1.1.5.0")
    client("chronyd", "-Q", "-t", "5", f"server {SERVER} port 1230 iburst maxsamples 1")
    client("logger", "-n", SERVER, "-P", "5140", "-d", "-t", "lab", "--rfc3164", "a line of a log")
    client("logger", "-n", SERVER, "-P", "5140", "-d", "-t", "lab", "--rfc5424", "another line")
    client("curl", "-s", f"ftp://{SERVER}:2121/hello.txt", "-o", "/dev/null")
    client("sh", "-c", f"(sleep 1) | timeout 3 telnet {SERVER} 2323")
    talk(2525, SMTP)
    talk(1100, POP)
    talk(1430, IMAP)
    talk(2526, MISTAKEN)
    os.waitpid(course.inside("client", send_datagrams), 0)


def main():
    folder = tempfile.mkdtemp()
    raw = os.path.join(folder, "raw.pcap")
    servers = []
    try:
        course.begin()
        servers = start_servers(folder)
        time.sleep(2)
        recorder = course.Recorder("client", raw, "(tcp or udp) and not ip6")
        record(folder)
        recorder.stop()
    finally:
        for server in servers:
            os.killpg(server.pid, signal.SIGTERM)
        time.sleep(0.5)
        course.end()
    subprocess.run(["editcap", "-F", "pcapng", raw, sys.argv[1]], check=True)
    shutil.rmtree(folder)


main()
