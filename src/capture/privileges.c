/* privileges.c - uid, capabilities (capabilities(7)) and system calls (seccomp(2)). */
#include "privileges.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#undef HAVE_SECCOMP                     /* sanitizers make calls of their own at exit */
#endif

#ifdef HAVE_SECCOMP
#include <fcntl.h>
#include <seccomp.h>
#endif

/* A uid in the environment counts only for root: for others it would change nothing. */
static bool wanted_id(const char *variable, unsigned long real, unsigned *id)
{
	const char *text = getenv(variable);
	char *end;
	unsigned long number;

	*id = (unsigned)real;
	if (real != 0 || !text)
		return true;
	errno = 0;
	number = strtoul(text, &end, 10);
	if (errno || *end || end == text || number > UINT32_MAX - 1)
		return false;
	*id = (unsigned)number;
	return true;
}

static bool become_caller(struct error *error)
{
	unsigned uid, gid;

	if (geteuid() != 0)
		return true;
	if (!wanted_id("SUDO_UID", getuid(), &uid) || !wanted_id("SUDO_GID", getgid(), &gid))
		return error_set(error, "SUDO_UID or SUDO_GID is not a number");
	if (!uid)
		return true;
	gid_t group = gid;
	if (setgroups(1, &group) != 0 || setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0)
		return error_set(error, "cannot become user %u: %s", uid, strerror(errno));
	return true;
}

static bool drop_capabilities(struct error *error)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { { 0 } };

	for (int capability = 0; capability <= CAP_LAST_CAP; capability++)
		prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);    /* may lack the right to: no harm */
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	if (syscall(SYS_capset, &header, none) != 0)
		return error_set(error, "cannot drop capabilities: %s", strerror(errno));
	return true;
}

bool privileges_drop(struct error *error)
{
	if (!become_caller(error) || !drop_capabilities(error))
		return false;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return error_set(error, "cannot give up new privileges: %s", strerror(errno));
	return true;
}

#ifdef HAVE_SECCOMP
void privileges_confine(void)
{
	static const int allowed[] = {
		SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close), SCMP_SYS(lseek),
		SCMP_SYS(ftruncate), SCMP_SYS(uname), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(poll),
		SCMP_SYS(ppoll), SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(getsockopt),
		SCMP_SYS(setsockopt), SCMP_SYS(ioctl), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
		SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
		SCMP_SYS(futex), SCMP_SYS(getpid), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
		SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
	};
	scmp_filter_ctx rules = seccomp_init(SCMP_ACT_ERRNO(EPERM));

	if (!rules)
		return;
	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
		seccomp_rule_add(rules, SCMP_ACT_ALLOW, allowed[i], 0);
	/* Interface drop counters are files; nothing may be opened for writing. */
	seccomp_rule_add(rules, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
			 SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE, O_RDONLY));
	seccomp_load(rules);            /* an old kernel: the rest still holds */
	seccomp_release(rules);
}
#else
void privileges_confine(void)
{
}
#endif
