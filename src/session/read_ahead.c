/* read_ahead.c - copying a file's bytes out of the system is a tenth of the first pass, which
 * another processor can do. */
#include "read_ahead.h"

#include "base/threads.h"

static void *work(void *owner)
{
	struct read_ahead *ahead = owner;

	pthread_mutex_lock(&ahead->lock);
	for (;;) {
		while (!ahead->asked && !ahead->stop)
			pthread_cond_wait(&ahead->changed, &ahead->lock);
		if (!ahead->asked)
			break;
		pthread_mutex_unlock(&ahead->lock);
		capture_file_read_ahead(ahead->file);
		pthread_mutex_lock(&ahead->lock);
		ahead->asked = false;
		pthread_cond_broadcast(&ahead->changed);
	}
	pthread_mutex_unlock(&ahead->lock);
	return NULL;
}

static bool ask(void *owner)
{
	struct read_ahead *ahead = owner;

	if (!ahead->started)
		ahead->started = pthread_create(&ahead->thread, NULL, work, ahead) == 0;
	if (!ahead->started)
		return false;
	pthread_mutex_lock(&ahead->lock);
	ahead->asked = true;
	pthread_cond_broadcast(&ahead->changed);
	pthread_mutex_unlock(&ahead->lock);
	return true;
}

static void wait_for(void *owner)
{
	struct read_ahead *ahead = owner;

	pthread_mutex_lock(&ahead->lock);
	while (ahead->asked)
		pthread_cond_wait(&ahead->changed, &ahead->lock);
	pthread_mutex_unlock(&ahead->lock);
}

void read_ahead_begin(struct read_ahead *ahead, struct capture_file *file)
{
	*ahead = (struct read_ahead){
		.file = file,
		.calls = { .owner = ahead, .ask = ask, .wait = wait_for },
	};
	pthread_mutex_init(&ahead->lock, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	if (threads_at_once() > 1)
		capture_file_use_ahead(file, &ahead->calls);
}

void read_ahead_end(struct read_ahead *ahead)
{
	capture_file_use_ahead(ahead->file, NULL);
	if (ahead->started) {
		pthread_mutex_lock(&ahead->lock);
		ahead->stop = true;
		pthread_cond_broadcast(&ahead->changed);
		pthread_mutex_unlock(&ahead->lock);
		pthread_join(ahead->thread, NULL);
	}
	pthread_cond_destroy(&ahead->changed);
	pthread_mutex_destroy(&ahead->lock);
}
