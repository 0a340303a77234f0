package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {

  private static final InstanceFmri WEB = InstanceFmri.parse("site/web");
  private static final Origin ANNA = new Origin.Administrator("anna", 1_000);

  @TempDir private Path root;

  private static Edit set(String property, int value) {
    return new Edit.SetProperty(
        WEB, "config", property, Optional.empty(), List.of(Integer.toString(value)));
  }

  @Test
  void readersSeeWholeTransactionsAndDoNotHoldTheWriterUp() throws Exception {
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      repository.importServices(
          List.of(Describe.service("site/web").set("config/a", "0").set("config/b", "0").build()),
          ImportOptions.DEFAULT);
      AtomicBoolean done = new AtomicBoolean();
      List<Future<Integer>> reads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        reads.add(readers.submit(() -> read(repository, done)));
      }
      for (int i = 1; i <= 1500; i++) {
        repository.edit(List.of(set("a", i), set("b", i)), true, ANNA);
      }
      done.set(true);
      for (Future<Integer> read : reads) {
        assertThat(read.get(30, TimeUnit.SECONDS)).isPositive();
      }
    }
  }

  private static int read(Repository repository, AtomicBoolean done) throws IOException {
    int count = 0;
    do {
      var groups = repository.own(WEB);
      assertThat(groups.single("config", "a")).isEqualTo(groups.single("config", "b"));
      count++;
    } while (!done.get());
    return count;
  }

  @Test
  void aReaderThatStopsInTheMiddleDoesNotStopTheWriter() throws Exception {
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock);
        ExecutorService readers = Executors.newSingleThreadExecutor()) {
      repository.importServices(
          List.of(
              Describe.service("site/web").set("config/a", "0").build(),
              Describe.service("site/x").build()),
          ImportOptions.DEFAULT);
      CountDownLatch reading = new CountDownLatch(1);
      CountDownLatch written = new CountDownLatch(1);
      Future<Boolean> reader =
          readers.submit(() -> {
            List<Boolean> waited = new ArrayList<>();
            repository.forEachInstance(instance -> {
              reading.countDown();
              waited.add(await(written));
            });
            return waited.getFirst();
          });
      assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
      repository.edit(List.of(set("a", 1)), true, ANNA);
      written.countDown();
      assertThat(reader.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
