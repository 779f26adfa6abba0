# The dissectors, one file a line; git merges additions by itself.
# Where several recognise a payload by its looks, the first in this list is asked first.
dissector_sources =
dissector_sources += dissectors/frame.c
dissector_sources += dissectors/eth.c
dissector_sources += dissectors/ethertype.c
dissector_sources += dissectors/ethertype_names.c
dissector_sources += dissectors/vlan.c
dissector_sources += dissectors/ieee8021ad.c
dissector_sources += dissectors/llc.c
dissector_sources += dissectors/arp.c
dissector_sources += dissectors/null.c
dissector_sources += dissectors/raw.c
dissector_sources += dissectors/sll.c
dissector_sources += dissectors/udp.c
dissector_sources += dissectors/tcp.c
dissector_sources += dissectors/tcp_options.c
dissector_sources += dissectors/data.c
dissector_sources += dissectors/dns.c
dissector_sources += dissectors/dns_fields.c
dissector_sources += dissectors/dns_names.c
dissector_sources += dissectors/dns_options.c
dissector_sources += dissectors/dns_records.c
dissector_sources += dissectors/dns_security.c
dissector_sources += dissectors/mdns.c
dissector_sources += dissectors/llmnr.c
