/* The one way to use more than one core. */
#ifndef EN_BASE_PARALLEL_H
#define EN_BASE_PARALLEL_H

#include "everyname/base.h"

/* One task. `worker` is 0..threads-1, for per-thread scratch; results must depend on `task` alone, never on `worker`.
 */
typedef en_status (*en_task)(void *ctx, size_t task, int worker, en_error *err);

/* Runs tasks 0..tasks-1 on up to `threads` threads (0: one a core), handed out in order. After a failure no new task
 * starts, and the failure of the lowest-numbered task is returned. Progress is reported from the calling thread and can
 * cancel. */
en_status en_parallel_for(size_t tasks, int threads, en_task run, void *ctx, const char *phase,
                          const en_progress *progress, en_error *err);
/* How many workers en_parallel_for would use: at least 1, at most `tasks`. */
int en_parallel_workers(size_t tasks, int threads);

#endif
