/* Preloaded into a process: counts its system calls below one folder, and makes the Nth of a kind fail or kill.
 *
 *   FAULT_ROOT  absolute path: only calls on files below it count
 *   FAULT_LOG   file outside of it: one line a call ("kind path"), and "FIRED kind path" for the one that was hit
 *   FAULT_KIND  open, write, sync, rename, remove, make, size; "any" hits them all
 *   FAULT_NTH   which call, counted from 1; 0 or unset: none
 *   FAULT_DO    a number: errno of the failing call; "kill": die before it; "torn": write half, then die;
 *               "full": this and every later write fails with ENOSPC
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long seen;
static atomic_int fired;

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static int below_root(const char *path) {
    const char *root = setting("FAULT_ROOT");
    return *root && strncmp(path, root, strlen(root)) == 0;
}

static void full_path(int folder, const char *path, char *out) {
    char link[64];
    ssize_t length = 0;
    if (path && path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
        return;
    }
    if (folder == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    length = readlink(link, out, PATH_MAX - 1);
    if (length < 0) length = 0;
    out[length] = 0;
    if (path) snprintf(out + length, PATH_MAX - length, "/%s", path);
}

static void note(const char *mark, const char *kind, const char *path) {
    const char *log = setting("FAULT_LOG");
    char line[PATH_MAX + 64];
    int length, file;
    if (!*log) return;
    file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0) return;
    length = snprintf(line, sizeof line, "%s%s %s\n", mark, kind, path);
    syscall(SYS_write, file, line, length);
    syscall(SYS_close, file);
}

/* 0: go on; else the call must fail with errno set. `torn` is told whether half of it is to be written first. */
static int hit(const char *kind, int folder, const char *path, int *torn) {
    char whole[PATH_MAX];
    const char *what = setting("FAULT_DO"), *wanted = setting("FAULT_KIND");
    int kept = errno;
    full_path(folder, path, whole);
    if (!below_root(whole)) {
        errno = kept;
        return 0;
    }
    note("", kind, whole);
    errno = kept;
    if (strcmp(wanted, kind) && strcmp(wanted, "any")) return 0;
    if (fired) {
        if (strcmp(what, "full")) return 0;
        errno = ENOSPC;
        return 1;
    }
    if (atomic_fetch_add(&seen, 1) + 1 != atol(setting("FAULT_NTH"))) return 0;
    fired = 1;
    note("FIRED ", kind, whole);
    if (!strcmp(what, "torn") && torn) {
        *torn = 1;
        return 1;
    }
    if (!strcmp(what, "kill") || !strcmp(what, "torn")) syscall(SYS_kill, getpid(), SIGKILL);
    errno = strcmp(what, "full") ? atoi(what) : ENOSPC;
    return 1;
}

static void die(void) { syscall(SYS_kill, getpid(), SIGKILL); }

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        REAL(int, #name, const char *, int, ...); \
        if (hit("open", AT_FDCWD, path, NULL)) return -1; \
        return real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        REAL(int, #name, int, const char *, int, ...); \
        if (hit("open", folder, path, NULL)) return -1; \
        return real(folder, path, flags, mode); \
    }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int file, const void *bytes, size_t size) {
    int torn = 0;
    REAL(ssize_t, "write", int, const void *, size_t);
    if (hit("write", file, NULL, &torn)) {
        if (!torn) return -1;
        real(file, bytes, size / 2);
        die();
    }
    return real(file, bytes, size);
}

#define PWRITE(name) \
    ssize_t name(int file, const void *bytes, size_t size, off_t place) { \
        int torn = 0; \
        REAL(ssize_t, #name, int, const void *, size_t, off_t); \
        if (hit("write", file, NULL, &torn)) { \
            if (!torn) return -1; \
            real(file, bytes, size / 2, place); \
            die(); \
        } \
        return real(file, bytes, size, place); \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t writev(int file, const struct iovec *parts, int count) {
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    return hit("write", file, NULL, NULL) ? -1 : real(file, parts, count);
}

#define SENDFILE(name) \
    ssize_t name(int to, int from, off_t *place, size_t size) { \
        REAL(ssize_t, #name, int, int, off_t *, size_t); \
        return hit("write", to, NULL, NULL) ? -1 : real(to, from, place, size); \
    }
SENDFILE(sendfile)
SENDFILE(sendfile64)

ssize_t copy_file_range(int from, off64_t *start, int to, off64_t *place, size_t size, unsigned flags) {
    REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
    return hit("write", to, NULL, NULL) ? -1 : real(from, start, to, place, size, flags);
}

#define ON_FILE(name, kind) \
    int name(int file) { \
        REAL(int, #name, int); \
        return hit(kind, file, NULL, NULL) ? -1 : real(file); \
    }
ON_FILE(fsync, "sync")
ON_FILE(fdatasync, "sync")

#define TRUNCATE(name) \
    int name(int file, off_t size) { \
        REAL(int, #name, int, off_t); \
        return hit("size", file, NULL, NULL) ? -1 : real(file, size); \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define ALLOCATE(name) \
    int name(int file, int mode, off_t place, off_t size) { \
        REAL(int, #name, int, int, off_t, off_t); \
        return hit("size", file, NULL, NULL) ? -1 : real(file, mode, place, size); \
    }
ALLOCATE(fallocate)
ALLOCATE(fallocate64)

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    return hit("rename", AT_FDCWD, to, NULL) ? -1 : real(from, to);
}

int renameat(int a, const char *from, int b, const char *to) {
    REAL(int, "renameat", int, const char *, int, const char *);
    return hit("rename", b, to, NULL) ? -1 : real(a, from, b, to);
}

#define ON_PATH(name, kind) \
    int name(const char *path) { \
        REAL(int, #name, const char *); \
        return hit(kind, AT_FDCWD, path, NULL) ? -1 : real(path); \
    }
ON_PATH(unlink, "remove")
ON_PATH(rmdir, "remove")

int unlinkat(int folder, const char *path, int flags) {
    REAL(int, "unlinkat", int, const char *, int);
    return hit("remove", folder, path, NULL) ? -1 : real(folder, path, flags);
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    return hit("make", AT_FDCWD, path, NULL) ? -1 : real(path, mode);
}

int symlink(const char *target, const char *path) {
    REAL(int, "symlink", const char *, const char *);
    return hit("make", AT_FDCWD, path, NULL) ? -1 : real(target, path);
}
