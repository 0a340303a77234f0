/* What nobody can avoid: the system calls alone, with or without cgroups.
     floor burst DIR|- N PROBE FILE   N times fork, join a new cgroup, execute the probe; then signal
                                      all and reap them. Prints four numbers: ms until the last has
                                      started, processor ms of that, ms from the first signal to the
                                      last child reaped, processor ms of that.
     floor kill DIR|- N PROBE FILE    keeps one probe running: N times kill -9, wait, fork, join a
                                      new cgroup, execute. Prints ms from kill to start, one a line. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *directory, *probe, *file;
static volatile uint64_t *slots;

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static double processor(void) {
  double sum = 0;
  int who[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
  for (int i = 0; i < 2; i++) {
    struct rusage u;
    getrusage(who[i], &u);
    sum += u.ru_utime.tv_sec * 1e3 + u.ru_utime.tv_usec / 1e3 + u.ru_stime.tv_sec * 1e3 + u.ru_stime.tv_usec / 1e3;
  }
  return sum;
}

static int inCgroups(void) { return strcmp(directory, "-") != 0; }

static pid_t start(int number, int index) {
  char path[4096], word[16];
  if (inCgroups()) {
    snprintf(path, sizeof path, "%s/%d", directory, number);
    mkdir(path, 0755);
    strcat(path, "/cgroup.procs");
  }
  snprintf(word, sizeof word, "%d", index);
  pid_t pid = fork();
  if (pid != 0) return pid;
  setsid();
  if (inCgroups()) {
    int f = open(path, O_WRONLY);
    if (f < 0 || write(f, "0", 1) != 1) _exit(121);
  }
  int n = open("/dev/null", O_RDWR);
  dup2(n, 0); dup2(n, 1); dup2(n, 2);
  close_range(3, ~0U, 0);
  execl(probe, probe, file, word, "d", (char *)0);
  _exit(127);
}

static void end(int number) {
  char path[4096];
  if (!inCgroups()) return;
  snprintf(path, sizeof path, "%s/%d", directory, number);
  rmdir(path);
}

int main(int count, char **words) {
  if (count != 6) return 2;
  directory = words[2]; probe = words[4]; file = words[5];
  int n = atoi(words[3]), isKill = words[1][0] == 'k';
  int f = open(file, O_RDWR);
  slots = mmap(0, 64L * (isKill ? 1 : n) + 4096, PROT_READ, MAP_SHARED, f, 0);
  if (isKill) {
    pid_t pid = start(0, 0);
    for (int i = 1; i <= n; i++) {
      while (slots[0] < (uint64_t)i) usleep(100);
      usleep(100000);
      uint64_t t = now();
      kill(pid, SIGKILL);
      waitpid(pid, 0, 0);
      pid = start(i, 0);
      while (slots[0] < (uint64_t)i + 1) usleep(50);
      printf("%.3f\n", (slots[2] - t) / 1e6);
    }
    kill(pid, SIGKILL);
    waitpid(pid, 0, 0);
    for (int i = 0; i <= n; i++) end(i);
    return 0;
  }
  pid_t *pids = calloc(n, sizeof *pids);
  uint64_t begin = now(), last = 0;
  for (int i = 0; i < n; i++) pids[i] = start(i, i);
  for (int i = n - 1; i >= 0; i--) {
    while (!slots[8 * i]) usleep(200);
    if (slots[8 * i + 2] > last) last = slots[8 * i + 2];
  }
  double cpu = processor(); /* of the children only once they are reaped: see the end */
  uint64_t stopping = now();
  for (int i = n - 1; i >= 0; i--) kill(pids[i], SIGTERM);
  for (int i = 0; i < n; i++) waitpid(pids[i], 0, 0);
  uint64_t stopped = now();
  for (int i = 0; i < n; i++) end(i);
  printf("%.1f %.1f %.1f %.1f\n", (last - begin) / 1e6, cpu, (stopped - stopping) / 1e6, processor() - cpu);
  return 0;
}
