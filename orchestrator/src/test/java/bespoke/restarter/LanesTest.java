package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {

  private final ExecutorService executor = Executors.newFixedThreadPool(3);
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private final Lanes<String> lanes = new Lanes<>(executor, failures::add);

  @AfterEach
  void close() {
    executor.shutdownNow();
  }

  @Test
  void workOfOneLaneIsDoneInOrder() throws InterruptedException {
    List<Integer> done = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch all = new CountDownLatch(1000);
    for (int i = 0; i < 1000; i++) {
      int number = i;
      lanes.add(
          "a",
          () -> {
            done.add(number);
            all.countDown();
          });
    }
    assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(done).isEqualTo(IntStream.range(0, 1000).boxed().toList());
  }

  @Test
  void oneLaneDoesNotHoldUpAnother() throws InterruptedException {
    CountDownLatch other = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(2);
    lanes.add(
        "a",
        () -> {
          try {
            other.await();
          } catch (InterruptedException e) {
            return;
          }
          both.countDown();
        });
    lanes.add(
        "b",
        () -> {
          other.countDown();
          both.countDown();
        });
    assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aBugInOnePieceOfWorkIsReportedAndTheLaneGoesOn() throws InterruptedException {
    CountDownLatch next = new CountDownLatch(1);
    lanes.add(
        "a",
        () -> {
          throw new IllegalStateException("planted");
        });
    lanes.add("a", next::countDown);
    assertThat(next.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(failures).singleElement().asString().contains("planted");
  }
}
