/* verify_dns.c - did each DNS lookup go as its RFCs say?
 *
 * dns_lookups.c puts messages together, dns_trial.c looks at those of one lookup, dns_verdict.c
 * says what was found. */
#include "dns_pairing.h"
#include "dns_trial.h"
#include "session/verify.h"

void dns_lookups_judge(struct dns_lookups *lookups, struct verify_run *run, uint32_t n)
{
	struct dns_trial t = {
		.run = run,
		.verdict = &run->verdict,
		.reader = dns_lookups_reader(lookups),
		.lookups = lookups,
	};

	verdict_begin(&run->verdict, n);
	dns_trial_read(&t, dns_lookup_numbered(lookups, n));
	dns_verdict_make(&t);
}

static void verify_dns(struct verify_run *run)
{
	struct dns_lookups *lookups = dns_lookups_new(run->session);

	dns_lookups_extend(lookups, UINT32_MAX);
	for (uint32_t n = 0; n < dns_lookups_count(lookups); n++) {
		dns_lookups_judge(lookups, run, n);
		if (!verify_tell(run))
			break;
	}
	dns_lookups_free(lookups);
}

const struct verify_kind verify_dns_kind = {
	.name = "dns",
	.subject = "lookup",
	.subjects = "lookups",
	.rules = dns_rules,
	.run = verify_dns,
};
