/* A disk that fails on demand: loaded before the C library (LD_PRELOAD), it lets every change
 * below DISK_FAULT_FOLDER fail with the errno whose number the file DISK_FAULT_SWITCH holds, and
 * lets all pass while that file is not there. 28 is a full disk (ENOSPC), on which files can still
 * be removed and synced, 30 one that may only be read (EROFS).
 *
 *     clang -shared -fPIC -O1 -o disk-fault.so disk-fault.c
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int isBelow(const char *path) {
    const char *folder = getenv("DISK_FAULT_FOLDER");
    return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

/* The errno that is asked for, 0 for none. The switch is read by open and read alone, which are
 * passed on where nothing is to be created. */
static int fault(void) {
    const char *path = getenv("DISK_FAULT_SWITCH");
    char text[16] = "";
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return 0;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    return count > 0 ? atoi(text) : 0;
}

static int failsPath(const char *path) {
    int before = errno;
    int number = isBelow(path) ? fault() : 0;
    errno = number ? number : before;
    return number != 0;
}

static int failsFile(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t count = readlink(link, path, sizeof path - 1);
    if (count < 0) return 0;
    path[count] = 0;
    return failsPath(path);
}

/* Paths as programs name them may be relative. */
static int failsName(const char *name) {
    char folder[2048], path[4096];
    if (!name || name[0] == '/' || !getcwd(folder, sizeof folder)) return failsPath(name);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return failsPath(path);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define OPEN(name)                                                                     \
    int name(const char *path, int flags, ...) {                                       \
        va_list rest;                                                                  \
        va_start(rest, flags);                                                         \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;                      \
        va_end(rest);                                                                  \
        if (flags & O_CREAT && access(path, F_OK) != 0 && failsName(path)) return -1;  \
        return NEXT(name)(path, flags, mode);                                          \
    }

#define WRITE(name, type, parameters, arguments)    \
    type name parameters {                          \
        if (failsFile(file)) return -1;             \
        return NEXT(name) arguments;                \
    }

OPEN(open)
OPEN(open64)
WRITE(write, ssize_t, (int file, const void *bytes, size_t count), (file, bytes, count))
WRITE(writev, ssize_t, (int file, const struct iovec *parts, int count), (file, parts, count))
WRITE(pwrite, ssize_t, (int file, const void *bytes, size_t count, off_t at),
      (file, bytes, count, at))
WRITE(pwrite64, ssize_t, (int file, const void *bytes, size_t count, off64_t at),
      (file, bytes, count, at))

int mkdir(const char *path, mode_t mode) {
    if (failsName(path)) return -1;
    return NEXT(mkdir)(path, mode);
}

int rename(const char *from, const char *to) {
    if (failsName(to)) return -1;
    return NEXT(rename)(from, to);
}

/* Room is made by removing, but not where nothing may be changed. */
int unlink(const char *path) {
    if (failsName(path) && errno == EROFS) return -1;
    return NEXT(unlink)(path);
}

int ftruncate(int file, off_t size) {
    if (failsFile(file) && errno == EROFS) return -1;
    return NEXT(ftruncate)(file, size);
}

int ftruncate64(int file, off64_t size) {
    if (failsFile(file) && errno == EROFS) return -1;
    return NEXT(ftruncate64)(file, size);
}
