/* The only file that calls the operating system. POSIX; macOS and Windows follow here. */
#define _GNU_SOURCE
#include "base/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h> /* getentropy, on macOS */
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/rng.h"

/* ---- files ---- */

static en_status fail_errno(en_error *err, const char *path, const char *what) {
    int number = errno;
    en_fail(err, number == ENOENT ? EN_ERR_NOT_FOUND : EN_ERR_IO, "cannot %s: %s", what, strerror(number));
    en_error_at(err, path, -1, NULL, -1);
    if (number == ENOENT) return en_error_mend(err, "check the path"), EN_ERR_NOT_FOUND;
    if (number == ENOSPC) en_error_mend(err, "free some space on the disk and run the command again");
    return EN_ERR_IO;
}

/* A pipe or device, as <(command) gives: read into memory; `mapped` stays 0. */
static en_status read_unmapped(int fd, const char *path, en_os_map *out, en_error *err) {
    en_buf whole = {0};
    en_status status = en_os_read_fd(fd, &whole, err);
    if (status != EN_OK) {
        en_buf_clear(&whole);
        en_error_at(err, path, -1, NULL, -1);
        return status;
    }
    *out = (en_os_map){.bytes = en_buf_str(&whole), .base = whole.ptr};
    return EN_OK;
}

en_status en_os_map_file(const char *path, en_os_map *out, en_error *err) {
    *out = (en_os_map){.bytes = EN_LIT("")};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail_errno(err, path, "open");
    struct stat st;
    en_status status = EN_OK;
    if (fstat(fd, &st) != 0) {
        status = fail_errno(err, path, "look at");
    } else if (S_ISDIR(st.st_mode)) {
        status = en_fail(err, EN_ERR_INPUT, "is a folder, not a file");
        en_error_at(err, path, -1, NULL, -1);
    } else if (!S_ISREG(st.st_mode)) {
        status = read_unmapped(fd, path, out, err);
    } else if (st.st_size > 0) {
        void *base = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (base == MAP_FAILED)
            status = fail_errno(err, path, "read");
        else
            *out = (en_os_map){{base, (size_t)st.st_size}, base, (size_t)st.st_size};
    }
    close(fd);
    return status;
}

void en_os_unmap(en_os_map *map) {
    if (map->mapped)
        munmap(map->base, map->mapped);
    else
        free(map->base);
    *map = (en_os_map){0};
}

bool en_os_read_start(const char *path, void *out, size_t n) {
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode)) return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t got = pread(fd, out, n, 0);
    close(fd);
    return got == (ssize_t)n;
}

en_status en_os_read_fd(int fd, en_buf *out, en_error *err) {
    for (;;) {
        EN_TRY(en_buf_reserve(out, 1 << 16, err));
        ssize_t n = read(fd, out->ptr + out->len, 1 << 16);
        if (n < 0 && errno == EINTR) {
            if (en_os_interrupted()) return en_fail(err, EN_ERR_CANCELLED, "interrupted while reading the input");
            continue;
        }
        if (n < 0) return en_fail(err, EN_ERR_IO, "cannot read the input: %s", strerror(errno));
        out->len += (size_t)n;
        out->ptr[out->len] = 0;
        if (n == 0) return EN_OK;
    }
}

static en_status write_all(int fd, en_str bytes, const char *path, en_error *err) {
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail_errno(err, path, "write");
        bytes.ptr += n;
        bytes.len -= (size_t)n;
    }
    return EN_OK;
}

/* A file of its own beside `path`, so that neither a user's file nor another process's is written over. */
static int open_beside(const char *path, mode_t mode, en_buf *beside, en_error *err) {
    for (int i = 0; i < 100; i++) {
        en_buf_clear(beside);
        if (en_buf_addf(beside, err, "%s.part-%ld-%d", path, (long)getpid(), i) != EN_OK) return -1;
        int fd = open(beside->ptr, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0) return fd;
        if (errno != EEXIST) break;
    }
    fail_errno(err, path, "write");
    return -1;
}

static en_status close_written(int fd, const char *path, en_status status, bool sync, en_error *err) {
    if (status == EN_OK && sync && fsync(fd) != 0 && errno != EINVAL) status = fail_errno(err, path, "write");
    if (close(fd) != 0 && status == EN_OK) status = fail_errno(err, path, "write");
    return status;
}

/* The rename itself lasts once the folder is synced; a system that cannot sync folders is not an error. */
static void sync_folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

struct en_os_writer {
    int fd;
    char *path;
    en_buf beside; /* empty: it is a pipe or device, which cannot be replaced */
};

static en_status open_writer(en_os_writer *w, mode_t mode, en_error *err) {
    struct stat st;
    bool exists = stat(w->path, &st) == 0;
    if (exists && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) {
        w->fd = open(w->path, O_WRONLY | O_CLOEXEC);
        return w->fd < 0 ? fail_errno(err, w->path, "write") : EN_OK;
    }
    w->fd = open_beside(w->path, mode, &w->beside, err);
    if (w->fd < 0) return err ? err->status : EN_ERR_IO;
    if (exists && mode == 0666) (void)fchmod(w->fd, st.st_mode & 0777);
    return EN_OK;
}

static void free_writer(en_os_writer *w) {
    en_buf_clear(&w->beside);
    free(w->path);
    free(w);
}

static en_status new_writer(const char *path, mode_t mode, en_os_writer **out, en_error *err) {
    *out = calloc(1, sizeof **out);
    if (!*out || !((*out)->path = strdup(path))) {
        free(*out);
        *out = NULL;
        return en_no_memory(err);
    }
    en_status status = open_writer(*out, mode, err);
    if (status != EN_OK) {
        free_writer(*out);
        *out = NULL;
    }
    return status;
}

static en_status end_writer(en_os_writer *w, en_status status, en_error *err) {
    const char *beside = w->beside.len ? w->beside.ptr : NULL;
    status = close_written(w->fd, w->path, status, beside != NULL, err);
    if (beside && status == EN_OK && rename(beside, w->path) != 0) status = fail_errno(err, w->path, "replace");
    if (beside && status != EN_OK)
        unlink(beside);
    else if (beside)
        sync_folder_of(w->path);
    free_writer(w);
    return status;
}

en_status en_os_writer_open(const char *path, en_os_writer **out, en_error *err) {
    return new_writer(path, 0666, out, err);
}

en_status en_os_writer_add(en_os_writer *writer, en_str bytes, en_error *err) {
    return write_all(writer->fd, bytes, writer->path, err);
}

en_status en_os_writer_finish(en_os_writer *writer, en_error *err) { return end_writer(writer, EN_OK, err); }

void en_os_writer_drop(en_os_writer *writer) {
    if (writer) (void)end_writer(writer, EN_ERR_CANCELLED, NULL);
}

static en_status replace_file(const char *path, mode_t mode, en_str bytes, en_error *err) {
    en_os_writer *w;
    EN_TRY(new_writer(path, mode, &w, err));
    return end_writer(w, write_all(w->fd, bytes, path, err), err);
}

en_status en_os_write_file(const char *path, en_str bytes, en_error *err) {
    return replace_file(path, 0666, bytes, err);
}

en_status en_os_write_private(const char *path, en_str bytes, en_error *err) {
    return replace_file(path, 0600, bytes, err);
}

en_status en_os_config_dir(en_buf *out, en_error *err) {
    const char *config = en_os_env("XDG_CONFIG_HOME"), *home = en_os_env("HOME");
    if (config) return en_buf_addf(out, err, "%s/everyname", config);
    if (home) return en_buf_addf(out, err, "%s/.config/everyname", home);
    en_fail(err, EN_ERR_IO, "the folder of this user's settings is not known");
    return en_error_mend(err, "set HOME or XDG_CONFIG_HOME"), EN_ERR_IO;
}

en_status en_os_make_dirs(const char *path, en_error *err) {
    en_buf part = {0};
    en_status status = en_buf_add(&part, en_str_of(path), err);
    for (size_t i = 1; status == EN_OK && i <= part.len; i++) {
        char kept = part.ptr[i];
        if (kept != '/' && kept != 0) continue;
        part.ptr[i] = 0;
        if (mkdir(part.ptr, 0777) != 0 && errno != EEXIST) status = fail_errno(err, part.ptr, "make the folder");
        part.ptr[i] = kept;
    }
    en_buf_clear(&part);
    if (status == EN_OK && !en_os_is_dir(path)) {
        en_fail(err, EN_ERR_IO, "is a file; a folder is needed");
        return en_error_at(err, path, -1, NULL, -1), EN_ERR_IO;
    }
    return status;
}

const char *en_os_base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool en_os_exists(const char *path) {
    struct stat st;
    return lstat(path, &st) == 0;
}

bool en_os_is_dir(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int by_bytes(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

en_status en_os_list_dir(const char *path, en_buf *out, en_error *err) {
    struct dirent **names;
    int n = scandir(path, &names, NULL, by_bytes);
    if (n < 0) return fail_errno(err, path, "list");
    en_status status = EN_OK;
    for (int i = 0; i < n; i++) {
        const char *name = names[i]->d_name;
        if (status == EN_OK && strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
            status = en_buf_addf(out, err, "%s%s", out->len ? "\n" : "", name);
        free(names[i]);
    }
    free(names);
    return status;
}

/* ---- machine and clock ---- */

void *en_os_alloc_large(size_t bytes) {
    enum { LARGE_PAGE = 2 << 20 };
    void *memory = NULL;
    if (bytes < 2 * (size_t)LARGE_PAGE) return calloc(bytes ? bytes : 1, 1);
    if (posix_memalign(&memory, LARGE_PAGE, bytes) != 0) return NULL;
#ifdef MADV_HUGEPAGE
    madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    memset(memory, 0, bytes);
    return memory;
}

int en_os_cores(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (int)n;
}

int64_t en_os_peak_memory(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0) return -1;
#ifdef __APPLE__
    return (int64_t)usage.ru_maxrss;
#else
    return (int64_t)usage.ru_maxrss * 1024; /* Linux counts KiB */
#endif
}

int64_t en_os_available_memory(void) {
    FILE *f = fopen("/proc/meminfo", "re");
    if (!f) return -1;
    char line[256];
    long long kib = -1;
    while (fgets(line, sizeof line, f))
        if (sscanf(line, "MemAvailable: %lld", &kib) == 1) break;
    fclose(f);
    return kib < 0 ? -1 : (int64_t)kib * 1024;
}

double en_os_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

const char *en_os_env(const char *name) {
    const char *value = getenv(name);
    return value && value[0] ? value : NULL;
}

int64_t en_os_now(void) {
    const char *fixed = en_os_env("SOURCE_DATE_EPOCH");
    if (fixed) {
        char *end;
        long long seconds = strtoll(fixed, &end, 10);
        if (!*end && seconds >= 0) return seconds;
    }
    return (int64_t)time(NULL);
}

en_status en_os_random(void *bytes, size_t len, en_error *err) {
    const char *test_seed = en_os_env("EVERYNAME_TEST_RANDOM");
    unsigned char *out = bytes;
    if (test_seed) {
        static atomic_uint_fast64_t calls;
        en_rng rng;
        en_rng_init(&rng, strtoull(test_seed, NULL, 10), atomic_fetch_add(&calls, 1));
        for (size_t i = 0; i < len; i++) out[i] = (unsigned char)en_rng_u32(&rng);
        return EN_OK;
    }
    while (len) {
        size_t n = len < 256 ? len : 256; /* the most that getentropy gives at once */
        if (getentropy(out, n) != 0)
            return en_fail(err, EN_ERR_IO, "the system gives no random bytes: %s", strerror(errno));
        out += n;
        len -= n;
    }
    return EN_OK;
}

/* ---- terminal and signals ---- */

bool en_os_is_terminal(int fd) { return isatty(fd) == 1; }

int en_os_terminal_columns(int fd) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}

void en_os_wipe(void *bytes, size_t n) {
    volatile unsigned char *p = bytes;
    while (n--) *p++ = 0;
}

int en_os_read_key(int fd) {
    struct termios before, raw;
    unsigned char key;
    bool is_terminal = tcgetattr(fd, &before) == 0;
    if (is_terminal) {
        raw = before;
        raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        tcsetattr(fd, TCSADRAIN, &raw);
    }
    ssize_t n;
    do n = read(fd, &key, 1);
    while (n < 0 && errno == EINTR && !en_os_interrupted());
    if (is_terminal) tcsetattr(fd, TCSADRAIN, &before);
    return n == 1 ? key : -1;
}

static volatile sig_atomic_t interrupted;

static en_status read_line(int fd, en_buf *out, en_error *err) {
    for (;;) {
        char c;
        ssize_t n = read(fd, &c, 1);
        if (n < 0 && errno == EINTR && !interrupted) continue;
        if (n < 0) return en_fail(err, EN_ERR_CANCELLED, "cancelled");
        if (n == 0 || c == '\n') return EN_OK;
        EN_TRY(en_buf_add_char(out, c, err));
    }
}

en_status en_os_ask_secret(const char *prompt, en_buf *out, en_error *err) {
    struct termios before, quiet;
    int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 || tcgetattr(fd, &before) != 0) {
        if (fd >= 0) close(fd);
        return en_fail(err, EN_ERR_NOT_FOUND, "there is no terminal to ask at");
    }
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    (void)tcsetattr(fd, TCSAFLUSH, &quiet);
    en_status status = write_all(fd, en_str_of(prompt), "/dev/tty", err);
    if (status == EN_OK) status = en_buf_reserve(out, 4096, err); /* so that no copy is left behind by growing */
    if (status == EN_OK) status = read_line(fd, out, err);
    (void)tcsetattr(fd, TCSAFLUSH, &before);
    (void)write_all(fd, EN_LIT("\n"), "/dev/tty", NULL);
    close(fd);
    return status;
}

static void on_signal(int number) {
    if (interrupted && number == SIGINT) _exit(130);
    interrupted = 1;
}

void en_os_catch_interrupt(void) {
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

bool en_os_interrupted(void) { return interrupted != 0; }

/* ---- other programs ---- */

typedef struct child {
    pid_t pid;
    int in, out; /* our ends of its standard input and output; -1 closed */
    en_str input;
    const en_os_limits *limits;
    double deadline;
} child;

static void close_end(int *fd) {
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

/* In the child, between fork and exec: what is called here may be called after a fork of a process with threads. */
static void become(const char *const argv[], int in, int out, const en_os_limits *limits) {
    struct rlimit memory = {(rlim_t)limits->memory, (rlim_t)limits->memory}, none = {0, 0};
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(nowhere, STDERR_FILENO) < 0) _exit(126);
    if (setrlimit(RLIMIT_AS, &memory) != 0 || setrlimit(RLIMIT_FSIZE, &none) != 0 || setrlimit(RLIMIT_CORE, &none) != 0)
        _exit(126);
    signal(SIGPIPE, SIG_DFL);
    execvp(argv[0], (char *const *)argv);
    _exit(errno == ENOENT ? 127 : 126);
}

static en_status start_child(const char *const argv[], child *c, en_error *err) {
    int in[2] = {-1, -1}, out[2] = {-1, -1};
    if (pipe(in) == 0 && pipe(out) == 0) {
        int ours[] = {in[1], out[0]};
        for (int i = 0; i < 2; i++) fcntl(ours[i], F_SETFD, FD_CLOEXEC);
        fcntl(in[1], F_SETFL, O_NONBLOCK);
        c->pid = fork();
        if (c->pid == 0) become(argv, in[0], out[1], c->limits);
    }
    bool started = c->pid > 0;
    if (!started) fail_errno(err, argv[0], "run");
    close_end(&in[0]);
    close_end(&out[1]);
    c->in = in[1];
    c->out = out[0];
    return started ? EN_OK : EN_ERR_IO;
}

/* A program that stops reading its input has had enough of it. */
static void feed(child *c) {
    ssize_t n = c->input.len ? write(c->in, c->input.ptr, c->input.len) : 0;
    if (n > 0) c->input.ptr += n, c->input.len -= (size_t)n;
    if (c->input.len == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) close_end(&c->in);
}

static en_status drain(child *c, en_buf *out, en_error *err) {
    EN_TRY(en_buf_reserve(out, 1 << 16, err));
    ssize_t n = read(c->out, out->ptr + out->len, 1 << 16);
    if (n < 0 && errno == EINTR) return EN_OK;
    if (n < 0) return en_fail(err, EN_ERR_IO, "cannot read what a program says: %s", strerror(errno));
    out->len += (size_t)n;
    out->ptr[out->len] = 0;
    if (n == 0) close_end(&c->out);
    if ((int64_t)out->len > c->limits->output)
        return en_fail(err, EN_ERR_LIMIT, "gave more than %lld bytes", (long long)c->limits->output);
    return EN_OK;
}

static en_status talk(child *c, en_buf *out, en_error *err) {
    while (c->out >= 0) {
        struct pollfd ends[2] = {{.fd = c->out, .events = POLLIN}, {.fd = c->in, .events = POLLOUT}};
        double left = c->deadline - en_os_seconds();
        if (left <= 0) return en_fail(err, EN_ERR_LIMIT, "took longer than %.0f seconds", c->limits->seconds);
        int ready = poll(ends, 2, left < 1 ? (int)(left * 1000) + 1 : 1000);
        if (en_os_interrupted()) return en_fail(err, EN_ERR_CANCELLED, "interrupted");
        if (ready <= 0) continue;
        if (c->in >= 0 && ends[1].revents) feed(c);
        if (ends[0].revents) EN_TRY(drain(c, out, err));
    }
    return EN_OK;
}

static en_status end_child(child *c, en_status status, int *exit_status, en_error *err) {
    int how = 0;
    close_end(&c->in);
    close_end(&c->out);
    if (status != EN_OK) kill(c->pid, SIGKILL);
    while (waitpid(c->pid, &how, 0) < 0 && errno == EINTR) continue;
    *exit_status = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
    if (status == EN_OK && *exit_status == 127) return en_fail(err, EN_ERR_NOT_FOUND, "is not installed");
    return status;
}

en_status en_os_run(const char *const argv[], en_str input, const en_os_limits *limits, en_buf *out, int *exit_status,
                    en_error *err) {
    child c = {.input = input, .limits = limits, .deadline = en_os_seconds() + limits->seconds};
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before; /* a program may end before it has read its input */
    sigaction(SIGPIPE, &ignore, &before);
    en_status status = start_child(argv, &c, err);
    if (status == EN_OK) status = end_child(&c, talk(&c, out, err), exit_status, err);
    close_end(&c.in);
    close_end(&c.out);
    sigaction(SIGPIPE, &before, NULL);
    return status;
}

/* ---- threads ---- */

struct en_os_thread {
    pthread_t id;
    void (*run)(void *);
    void *ctx;
};

struct en_os_lock {
    pthread_mutex_t mutex;
    pthread_cond_t woken;
};

static void *enter_thread(void *arg) {
    en_os_thread *thread = arg;
    thread->run(thread->ctx);
    return NULL;
}

en_os_thread *en_os_thread_start(void (*run)(void *), void *ctx) {
    en_os_thread *thread = calloc(1, sizeof *thread);
    if (!thread) return NULL;
    thread->run = run;
    thread->ctx = ctx;
    if (pthread_create(&thread->id, NULL, enter_thread, thread) == 0) return thread;
    free(thread);
    return NULL;
}

void en_os_thread_join(en_os_thread *thread) {
    pthread_join(thread->id, NULL);
    free(thread);
}

en_os_lock *en_os_lock_new(void) {
    en_os_lock *lock = calloc(1, sizeof *lock);
    if (!lock) return NULL;
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&lock->mutex, NULL);
    pthread_cond_init(&lock->woken, &attr);
    pthread_condattr_destroy(&attr);
    return lock;
}

void en_os_lock_free(en_os_lock *lock) {
    if (!lock) return;
    pthread_cond_destroy(&lock->woken);
    pthread_mutex_destroy(&lock->mutex);
    free(lock);
}

void en_os_lock_take(en_os_lock *lock) { pthread_mutex_lock(&lock->mutex); }
void en_os_lock_give(en_os_lock *lock) { pthread_mutex_unlock(&lock->mutex); }

void en_os_lock_wait(en_os_lock *lock, double seconds) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)seconds;
    until.tv_nsec += (long)((seconds - (double)(time_t)seconds) * 1e9);
    if (until.tv_nsec >= 1000000000) until.tv_nsec -= 1000000000, until.tv_sec++;
    pthread_cond_timedwait(&lock->woken, &lock->mutex, &until);
}

void en_os_lock_wake(en_os_lock *lock) { pthread_cond_broadcast(&lock->woken); }
