/* Tells in order what a process writes to the files of one folder, and when it makes them durable.
 *
 * Preloaded (LD_PRELOAD) into one process or several, which take turns: an act and its record are one, so that the
 * records lie in the order of the acts. TOLD_OF names the folder, TOLD_IN the file that is told in. One record an act:
 * a letter, the length of the path, of the data, the offset (8 bytes each, as the machine has them), path, data. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int told_in = -1;

static void raw(const void *what, size_t length) {
  const char *at = what;
  while (length > 0) {
    long wrote = syscall(SYS_write, told_in, at, length);
    if (wrote <= 0) return;
    at += wrote;
    length -= wrote;
  }
}

/* The length of the file's path where it is one of the folder's, else 0. */
static size_t ours(int fd, char *path, size_t room) {
  const char *folder = getenv("TOLD_OF");
  char link[64];
  if (!folder || !getenv("TOLD_IN")) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t found = readlink(link, path, room - 1);
  if (found <= 0) return 0;
  path[found] = 0;
  return strncmp(path, folder, strlen(folder)) == 0 ? found : 0;
}

/* The lock is the process's, the mutex its threads'. */
static void hold(short kind) {
  int before = errno;
  struct flock whole = {.l_type = kind, .l_whence = SEEK_SET};
  if (kind == F_WRLCK) {
    pthread_mutex_lock(&turn);
    if (told_in < 0)
      told_in = syscall(SYS_openat, AT_FDCWD, getenv("TOLD_IN"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  while (fcntl(told_in, F_SETLKW, &whole) < 0 && errno == EINTR) continue;
  if (kind == F_UNLCK) pthread_mutex_unlock(&turn);
  errno = before;
}

static void tell(char act, const char *path, uint64_t offset, const void *data, uint64_t length) {
  uint64_t head[3] = {strlen(path), length, offset};
  raw(&act, 1);
  raw(head, sizeof head);
  raw(path, head[0]);
  if (data) raw(data, length);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
  char path[4096];
  if (!ours(fd, path, sizeof path)) return syscall(SYS_pwrite64, fd, data, length, at);
  hold(F_WRLCK);
  ssize_t wrote = syscall(SYS_pwrite64, fd, data, length, at);
  if (wrote > 0) tell('w', path, at, data, wrote);
  hold(F_UNLCK);
  return wrote;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return pwrite64(fd, data, length, at); }
ssize_t write(int fd, const void *data, size_t length) {
  char path[4096];
  if (!ours(fd, path, sizeof path)) return syscall(SYS_write, fd, data, length);
  hold(F_WRLCK);
  off_t at = lseek(fd, 0, SEEK_CUR);
  ssize_t wrote = syscall(SYS_write, fd, data, length);
  if (wrote > 0 && at >= 0) tell('w', path, at, data, wrote);
  hold(F_UNLCK);
  return wrote;
}
static int whole_file(char act, long call, int fd, off64_t length) {
  char path[4096];
  if (!ours(fd, path, sizeof path)) return syscall(call, fd, length);
  hold(F_WRLCK);
  int done = syscall(call, fd, length);
  if (done == 0) tell(act, path, length, NULL, 0);
  hold(F_UNLCK);
  return done;
}
int ftruncate64(int fd, off64_t length) { return whole_file('t', SYS_ftruncate, fd, length); }
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
int fsync(int fd) { return whole_file('s', SYS_fsync, fd, 0); }
int fdatasync(int fd) { return whole_file('s', SYS_fdatasync, fd, 0); }
