#!/usr/bin/env python3
"""Makes sip.pcap and sdp.pcap: calls over UDP and TCP, and descriptions of sessions.

    make-sip.py FOLDER
"""
import importlib.util
import os
import sys

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location(
    "make_mail", os.path.join(os.path.dirname(os.path.abspath(__file__)), "make-mail.py"))
mail = importlib.util.module_from_spec(spec)
spec.loader.exec_module(mail)


def message(first, *headers, body=b"", length=True):
    lines = [first] + list(headers)
    if length:
        lines.append("Content-Length: %d" % len(body))
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


VIA = "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK%s;rport"
JANE = "From: \"Jane Doe\" <sip:jane@peel.example>;tag=%s"
JOE = "To: <sip:joe@peel.example>"

OFFER = b"\r\n".join([
    b"v=0", b"o=jane 2890844526 2890844526 IN IP4 192.0.2.1", b"s=-", b"c=IN IP4 192.0.2.1", b"b=AS:64", b"t=0 0",
    b"a=group:BUNDLE audio video", b"m=audio 49170 RTP/AVP 0 8 97", b"a=rtpmap:0 PCMU/8000", b"a=rtpmap:97 iLBC/8000",
    b"a=fmtp:97 mode=30;x=1", b"a=sendrecv", b"m=video 51372 RTP/AVP 31", b"a=rtpmap:31 H261/90000", b""])

ANSWER = b"\r\n".join([
    b"v=0", b"o=joe 1 2 IN IP4 192.0.2.25", b"s=-", b"c=IN IP4 192.0.2.25", b"t=0 0", b"m=audio 49180 RTP/AVP 0",
    b"a=rtpmap:0 PCMU/8000", b""])


def register():
    head = [VIA % "reg1", "Max-Forwards: 70", JANE % "r1", "To: <sip:jane@peel.example>", "Call-ID: reg@192.0.2.1"]
    mail.datagram(message("REGISTER sip:peel.example SIP/2.0", *head, "CSeq: 1 REGISTER",
                     "Contact: <sip:jane@192.0.2.1:5060;transport=udp>;expires=3600;q=0.7", "User-Agent: Phone/1"))
    mail.datagram(message("SIP/2.0 401 Unauthorized", *head, "CSeq: 1 REGISTER",
                     "WWW-Authenticate: Digest realm=\"peel.example\", nonce=\"abc123\", qop=\"auth\", algorithm=MD5, "
                     "opaque=\"op\", stale=FALSE, domain=\"sip:peel.example\"", "Server: Proxy/2"), True)
    mail.datagram(message("REGISTER sip:peel.example SIP/2.0", *head, "CSeq: 2 REGISTER",
                     "Contact: <sip:jane@192.0.2.1>, \"Work\" <sip:jane@192.0.2.7:5070>;expires=60", "Expires: 3600",
                     "Authorization: Digest username=\"jane\", realm=\"peel.example\", nonce=\"abc123\", uri=\"sip:peel.example\", "
                     "response=\"0123456789abcdef0123456789abcdef\", algorithm=MD5, cnonce=\"cn\", qop=auth, nc=00000001"))
    mail.datagram(message("SIP/2.0 200 OK", *head, "CSeq: 2 REGISTER", "Contact: <sip:jane@192.0.2.1>;expires=3600",
                     "Date: Thu, 26 Nov 2026 04:00:00 GMT"), True)
    mail.datagram(message("REGISTER sip:peel.example SIP/2.0", *head, "CSeq: 3 REGISTER", "Contact: *", "Expires: 0"))
    mail.datagram(message("REGISTER sip:peel.example SIP/2.0", *head, "CSeq: 4 REGISTER"))
    mail.datagram(message("REGISTER sip:peel.example SIP/2.0", *head, "CSeq: 5 REGISTER",
                     "Contact: <sip:jane@192.0.2.1>;expires=0"))


def call():
    head = [VIA % "inv1", JANE % "c1", JOE, "Call-ID: call@192.0.2.1"]
    invite = message("INVITE sip:joe@peel.example:5060;user=phone SIP/2.0", *head, "CSeq: 1 INVITE", "Max-Forwards: 70",
                     "Contact: <sip:jane@192.0.2.1>", "Content-Type: application/sdp", "Allow: INVITE, ACK, BYE",
                     "Supported: 100rel, timer", "Session-Expires: 1800;refresher=uac", "Subject: Lunch",
                     "Route: <sip:proxy.peel.example;lr>, <sip:192.0.2.9:5080;lr>",
                     "P-Asserted-Identity: \"Jane\" <sip:jane@peel.example>", "X-Own: value", body=OFFER)
    mail.datagram(invite)
    mail.datagram(invite)
    mail.datagram(message("SIP/2.0 100 Trying", *head, "CSeq: 1 INVITE"), True)
    head[2] += ";tag=j1"
    mail.datagram(message("SIP/2.0 180 Ringing", *head, "CSeq: 1 INVITE", "RSeq: 988789", "Require: 100rel",
                     "Record-Route: <sip:proxy.peel.example;lr>"), True)
    mail.datagram(message("PRACK sip:joe@192.0.2.25 SIP/2.0", *head, "CSeq: 2 PRACK", "RAck: 988789 1 INVITE"))
    mail.datagram(message("SIP/2.0 200 OK", *head, "CSeq: 2 PRACK"), True)
    answer = message("SIP/2.0 200 OK", *head, "CSeq: 1 INVITE", "Contact: <sip:joe@192.0.2.25>",
                     "Content-Type: application/sdp", body=ANSWER)
    mail.datagram(answer, True)
    mail.datagram(answer, True)
    mail.datagram(message("ACK sip:joe@192.0.2.25 SIP/2.0", *head, "CSeq: 1 ACK"))
    mail.datagram(message("BYE sip:joe@192.0.2.25 SIP/2.0", *head, "CSeq: 3 BYE", "Reason: Q.850;cause=16;text=\"Normal\"",
                     "Reason: SIP;cause=200;text=\"Done\""))
    mail.datagram(message("SIP/2.0 200 OK", *head, "CSeq: 3 BYE"), True)
    head = [VIA % "can", JANE % "c2", JOE, "Call-ID: other@192.0.2.1"]
    mail.datagram(message("INVITE sip:joe@peel.example SIP/2.0", *head, "CSeq: 1 INVITE"))
    mail.datagram(message("CANCEL sip:joe@peel.example SIP/2.0", *head, "CSeq: 1 CANCEL"))
    mail.datagram(message("SIP/2.0 487 Request Terminated", *head, "CSeq: 1 INVITE", "Retry-After: 18", "Warning: 399 a \"b\""), True)


def short_names():
    """RFC 3261, 20: each has one; folded values; odd and wrong lines."""
    mail.datagram(b"MESSAGE tel:+1-201-555-0123;phone-context=peel.example SIP/2.0\r\n"
             b"v: SIP/2.0/TCP [2001:db8::1]:5061;branch=z9hG4bKs;received=192.0.2.3;maddr=192.0.2.4;ttl=1;comp=sigcomp,"
             b" SIP/2.0/UDP second.peel.example;branch=z9hG4bKt;own=1\r\n"
             b"f: Jane <sip:jane:secret@[2001:db8::1]:5062;transport=tcp?subject=x&priority=y>;tag=s1;own=2\r\n"
             b"t: sip:joe@peel.example:5061;tag=s2\r\ni: short\r\nm: sip:jane@192.0.2.1\r\nCSeq: 7\r\n MESSAGE\r\n"
             b"k: timer\r\ns: Short names\r\nc: text/plain\r\nl: 6\r\n\r\nhello\n")
    mail.datagram(b"OPTIONS sip:192.0.2.25 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:99999\r\nno colon\r\nEmpty:\r\nFrom: <sip:a@b\r\n"
             b"To: \"quote <sip:x@y>\r\nCall-ID: wrong\r\nCSeq: x OPTIONS\r\nContent-Length: many\r\n"
             b"Content-Type: application/sdp\r\n\r\nv=0\r\n")
    mail.datagram(b"SIP/2.0 99 Low\r\nCall-ID: wrong\r\nCSeq: 1 OPTIONS\r\n\r\n", True)
    mail.datagram(b"SIP/2.0 200 OK\r\nCall-ID: open\r\nCSeq: 1 OPTIONS", True)
    mail.datagram(b"UNHEARD sip:x SIP/2.0\r\nCall-ID: u\r\nCSeq: 1 UNHEARD\r\n\r\n")
    mail.datagram(b"\r\n\r\n")
    mail.datagram(b"no SIP at all")
    mail.datagram(message("NOTIFY sip:jane@192.0.2.1 SIP/2.0", VIA % "n", "From: <sip:joe@peel.example>;tag=1", "To: <sip:jane@peel.example>;tag=2",
                     "Call-ID: notify", "CSeq: 4 NOTIFY", "Event: presence", "Subscription-State: active;expires=599",
                     "Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2",
                     "Security-Client: ipsec-3gpp;alg=hmac-sha-1-96;spi-c=98765432;spi-s=87654321;port-c=8642;port-s=7531",
                     "P-Access-Network-Info: 3GPP-UTRAN-TDD;utran-cell-id-3gpp=234151D0FCE11",
                     "P-Charging-Vector: icid-value=\"AyretyU0\";icid-generated-at=192.0.2.50", "Referred-By: <sip:r@peel.example>",
                     "Refer-To: <sip:x@peel.example>", "Content-Type: application/pidf+xml",
                     body=b"<?xml version=\"1.0\"?><presence/>"), True)
    mail.datagram(message("INFO sip:joe@192.0.2.25 SIP/2.0", VIA % "i", JANE % "i", JOE, "Call-ID: info", "CSeq: 5 INFO",
                     "Content-Type: multipart/mixed;boundary=\"b1\"",
                     body=b"--b1\r\nContent-Type: application/sdp\r\n\r\n" + ANSWER + b"\r\n--b1\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b1--\r\n"))
    mail.datagram(message("SUBSCRIBE sip:joe@peel.example SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.1:40000;branch=z9hG4bKother", JANE % "o", JOE,
                     "Call-ID: elsewhere", "CSeq: 1 SUBSCRIBE", "Event: presence"), ports=(40000, 40001))


def tcp():
    talk = mail.Talk(40500, 5060)
    head = ["Via: SIP/2.0/TCP 192.0.2.1:40500;branch=z9hG4bKt1", JANE % "t1", JOE, "Call-ID: tcp@192.0.2.1"]
    invite = message("INVITE sip:joe@peel.example SIP/2.0", *head, "CSeq: 1 INVITE", "Content-Type: application/sdp", body=OFFER)
    talk.client(invite[:100])
    talk.client(invite[100:400])
    talk.client(invite[400:])
    talk.server(message("SIP/2.0 100 Trying", *head, "CSeq: 1 INVITE") + message("SIP/2.0 180 Ringing", *head, "CSeq: 1 INVITE"))
    talk.client(b"\r\n\r\n")
    talk.server(b"\r\n")
    talk.server(message("SIP/2.0 486 Busy Here", *head, "CSeq: 1 INVITE"))
    talk.client(message("ACK sip:joe@peel.example SIP/2.0", *head, "CSeq: 1 ACK"))
    talk.client(message("MESSAGE sip:joe@peel.example SIP/2.0", *head, "CSeq: 2 MESSAGE", "Content-Type: text/plain", length=False))
    talk.close()
    talk = mail.Talk(40501, 40502)                      # another port
    talk.client(message("OPTIONS sip:joe@peel.example SIP/2.0", *head, "CSeq: 9 OPTIONS"))
    talk.server(message("SIP/2.0 200 OK", *head, "CSeq: 9 OPTIONS"))
    talk.close()


def described(*lines):
    body = b"\r\n".join(lines) + b"\r\n"
    mail.datagram(message("OPTIONS sip:joe@peel.example SIP/2.0", VIA % "d", JANE % "d", JOE, "Call-ID: d%d" % len(mail.Talk.packets),
                     "CSeq: 1 OPTIONS", "Content-Type: application/sdp", body=body))


def sip():
    register()
    call()
    short_names()
    tcp()


def sdp():
    described(b"v=0", b"o=- 3724394400 3724394405 IN IP6 2001:db8::1", b"s=Call to John", b"i=An offer", b"u=http://peel.example/s",
              b"e=j.doe@peel.example (Jane Doe)", b"p=+1 617 555-6011", b"c=IN IP4 233.252.0.1/127/3", b"b=CT:154798",
              b"b=X-YZ:128", b"t=2873397496 2873404696", b"r=7d 1h 0 25h", b"z=2882844526 -1h 2898848070 0",
              b"k=base64:c2VjcmV0", b"a=recvonly", b"a=tool:peel 1", b"m=audio 49170/2 RTP/AVP 0 3 9 18 34 96 101 200",
              b"i=Sound", b"c=IN IP4 192.0.2.7", b"b=TIAS:5000", b"k=prompt", b"a=rtpmap:96 opus/48000/2",
              b"a=rtpmap:101 telephone-event/8000", b"a=fmtp:101 0-15", b"a=ptime:20", b"a=recvonly", b"x=odd", b"no equal sign")
    described(b"v=0", b"o=jane 1 1 IN IP4 192.0.2.1", b"s= ", b"t=0 0", b"m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
              b"c=IN IP4 0.0.0.0", b"a=ice-ufrag:F7gI", b"a=ice-pwd:x9cml/YzichV2+XlhiMu8g",
              b"a=fingerprint:sha-256 4A:AD:B9", b"a=setup:actpass", b"a=mid:0",
              b"a=candidate:1 1 UDP 2130706431 192.0.2.1 8998 typ host",
              b"a=candidate:2 1 UDP 1694498815 198.51.100.3 45664 typ srflx raddr 192.0.2.1 rport 8998",
              b"m=audio 0 RTP/SAVP 0", b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4",
              b"a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:short", b"a=key-mgmt:mikey AQAFgM0X",
              b"m=video 5000 RTP/AVP 97 98 99", b"a=rtpmap:97 H264/90000", b"a=fmtp:97 profile-level-id=42e01f;packetization-mode=1",
              b"a=rtpmap:98 H263-1998/90000", b"a=fmtp:98 profile=3;level=10", b"a=rtpmap:99 MP4V-ES/90000",
              b"a=fmtp:99 profile-level-id=3", b"a=rtcp-fb:* nack", b"a=ssrc:1234 cname:x")
    described(b"v=0", b"o=jane", b"s", b"c=IN", b"t=", b"b=AS", b"k=", b"r=1", b"z=", b"m=audio", b"m=audio x RTP/AVP 0", b"m=audio 70000 RTP/AVP 0",
              b"a=rtpmap:x", b"a=rtpmap:0 PCMU", b"a=", b"", b"a=sendrecv ")
    described(b"a=before", b"o=x")


for make in (sip, sdp):
    make()
    mail.write(os.path.join(sys.argv[1], make.__name__ + ".pcap"))
