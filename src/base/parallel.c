/* Tasks handed out in order under one lock: a task is large, so the lock is never what bounds the loop. */
#include "base/parallel.h"

#include <stdlib.h>

#include "base/os.h"

enum { MAX_WORKERS = 256 };

typedef struct crew {
    en_task run;
    void *ctx;
    size_t tasks, next, done;
    bool stop;
    size_t failed_task;
    en_status status;
    en_error error;
    en_os_lock *lock;
    int finished_workers;
} crew;

typedef struct worker {
    crew *crew;
    int number;
} worker;

int en_parallel_workers(size_t tasks, int threads) {
    if (threads <= 0) threads = en_os_cores();
    if (threads > MAX_WORKERS) threads = MAX_WORKERS;
    if ((size_t)threads > tasks) threads = (int)tasks;
    return threads < 1 ? 1 : threads;
}

/* With the lock held: notes a failure, keeping that of the lowest task. */
static void note_failure(crew *c, size_t task, en_status status, const en_error *error) {
    if (c->status == EN_OK || task < c->failed_task) {
        c->status = status;
        c->failed_task = task;
        c->error = *error;
        c->error.status = status;
    }
    c->stop = true;
}

static void work(void *arg) {
    worker *w = arg;
    crew *c = w->crew;
    en_os_lock_take(c->lock);
    while (!c->stop && c->next < c->tasks) {
        size_t task = c->next++;
        en_os_lock_give(c->lock);
        en_error error = {.row = -1, .byte = -1};
        en_status status = c->run(c->ctx, task, w->number, &error);
        en_os_lock_take(c->lock);
        c->done++;
        if (status != EN_OK) note_failure(c, task, status, &error);
    }
    c->finished_workers++;
    en_os_lock_wake(c->lock);
    en_os_lock_give(c->lock);
}

/* The calling thread of a crew of several: reports progress ten times a second until all workers have finished. */
static void watch(crew *c, int workers, const char *phase, const en_progress *progress) {
    en_os_lock_take(c->lock);
    while (c->finished_workers < workers) {
        en_os_lock_wait(c->lock, 0.1);
        size_t done = c->done;
        en_os_lock_give(c->lock);
        en_error error;
        en_status status = en_progress_step(progress, phase, done, c->tasks, &error);
        en_os_lock_take(c->lock);
        if (status != EN_OK && !c->stop) note_failure(c, 0, status, &error);
    }
    en_os_lock_give(c->lock);
}

static en_status run_alone(size_t tasks, en_task run, void *ctx, const char *phase, const en_progress *progress,
                           en_error *err) {
    for (size_t task = 0; task < tasks; task++) {
        EN_TRY(en_progress_step(progress, phase, task, tasks, err));
        EN_TRY(run(ctx, task, 0, err));
    }
    return EN_OK;
}

en_status en_parallel_for(size_t tasks, int threads, en_task run, void *ctx, const char *phase,
                          const en_progress *progress, en_error *err) {
    int workers = en_parallel_workers(tasks, threads);
    if (workers == 1) return run_alone(tasks, run, ctx, phase, progress, err);

    crew c = {.run = run, .ctx = ctx, .tasks = tasks};
    worker crew_members[MAX_WORKERS];
    en_os_thread *threads_started[MAX_WORKERS];
    int started = 0;
    if (!(c.lock = en_os_lock_new())) return en_no_memory(err);
    for (int i = 0; i < workers; i++) {
        crew_members[i] = (worker){&c, i};
        if (!(threads_started[started] = en_os_thread_start(work, &crew_members[i]))) break;
        started++;
    }
    if (!started) {
        en_os_lock_free(c.lock);
        return run_alone(tasks, run, ctx, phase, progress, err);
    }
    watch(&c, started, phase, progress);
    for (int i = 0; i < started; i++) en_os_thread_join(threads_started[i]);
    en_os_lock_free(c.lock);
    if (c.status != EN_OK && err) *err = c.error;
    return c.status;
}
