/* The service of every measurement: stamps CLOCK_MONOTONIC into its slot of a shared file, so that
   the harness learns of starts and stops without polling. Mode d waits for SIGTERM, o works for MS
   milliseconds and exits 0, f exits 1 at once. usage: probe FILE INDEX d|o|f [MS]
   Slot, 64 bytes: u64 starts, first start, last start, last stop (or end of o), pid. */
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static volatile uint64_t *slot;

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void stop(int signal) {
  (void)signal;
  slot[3] = now();
  _exit(0);
}

int main(int count, char **words) {
  if (count < 4) return 100;
  long at = 64 * atol(words[2]), page = at & ~4095L;
  int file = open(words[1], O_RDWR | O_CLOEXEC);
  char *map = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, page);
  if (file < 0 || map == MAP_FAILED) return 101;
  slot = (volatile uint64_t *)(map + (at - page));
  if (words[3][0] == 'd') signal(SIGTERM, stop);
  slot[4] = (uint64_t)getpid();
  uint64_t t = now();
  if (!slot[1]) slot[1] = t;
  slot[2] = t;
  slot[0]++;
  if (words[3][0] == 'f') return 1;
  if (words[3][0] == 'o') {
    struct timespec nap = {0, (count > 4 ? atol(words[4]) : 0) * 1000000};
    nanosleep(&nap, 0);
    slot[3] = now();
    return 0;
  }
  for (;;) pause();
}
