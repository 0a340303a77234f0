/* The floor: N times make a cgroup, fork, join it, execute sleep. Prints milliseconds until all N
   processes execute sleep, and the CPU time of all. usage: floor DIRECTORY N */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int is_sleep(pid_t pid) {
  char path[64], text[32] = {0};
  snprintf(path, sizeof path, "/proc/%d/comm", pid);
  int f = open(path, O_RDONLY);
  if (f < 0) return 0;
  ssize_t n = read(f, text, sizeof text - 1);
  close(f);
  return n > 0 && strcmp(text, "sleep\n") == 0;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int count = atoi(argv[2]);
  pid_t *pids = calloc(count, sizeof *pids);
  char path[4096];
  double start = now();
  for (int i = 0; i < count; i++) {
    snprintf(path, sizeof path, "%s/%d", argv[1], i);
    if (mkdir(path, 0755) != 0 && errno != EEXIST) { perror(path); return 1; }
    snprintf(path, sizeof path, "%s/%d/cgroup.procs", argv[1], i);
    pid_t pid = fork();
    if (pid < 0) { perror("fork"); return 1; }
    if (pid == 0) {
      setsid();
      int f = open(path, O_WRONLY);
      if (f < 0 || write(f, "0", 1) != 1) _exit(121);
      int n = open("/dev/null", O_RDWR);
      dup2(n, 0); dup2(n, 1); dup2(n, 2);
      close_range(3, ~0U, 0);
      execl("/bin/sleep", "sleep", "1000", (char *)0);
      _exit(127);
    }
    pids[i] = pid;
  }
  for (int i = count - 1; i >= 0; i--)
    while (!is_sleep(pids[i])) usleep(200);
  double running = now();
  for (int i = 0; i < count; i++) kill(pids[i], SIGKILL);
  for (int i = 0; i < count; i++) waitpid(pids[i], 0, 0);
  for (int i = 0; i < count; i++) {
    snprintf(path, sizeof path, "%s/%d", argv[1], i);
    rmdir(path);
  }
  double cpu = 0;
  int who[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
  for (int i = 0; i < 2; i++) {
    struct rusage u;
    getrusage(who[i], &u);
    cpu += u.ru_utime.tv_sec * 1e3 + u.ru_utime.tv_usec / 1e3 + u.ru_stime.tv_sec * 1e3 + u.ru_stime.tv_usec / 1e3;
  }
  printf("%.1f %.1f\n", running - start, cpu);
  return 0;
}
