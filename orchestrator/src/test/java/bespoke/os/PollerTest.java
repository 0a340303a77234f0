package bespoke.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollerTest {
  private final Observed<String> seen = new Observed<>();
  private final Poller poller = new Poller((_, problem) -> seen.add("bug " + problem.getMessage()));

  @AfterEach
  void close() {
    poller.close();
  }

  @Test
  void aDescriptorThatBecomesReadableIsTold() throws Exception {
    Descriptor.Pipe pipe = Descriptor.pipe();
    Poller.Registration registration =
        poller.watch(
            pipe.reader().number(),
            Poller.READABLE,
            _ -> {
              ByteBuffer buffer = ByteBuffer.allocate(100);
              pipe.reader().read(buffer);
              seen.add(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8));
            });
    pipe.writer().write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8)));
    assertThat(seen.awaitCount(1)).containsExactly("hello");
    registration.cancel();
    registration.cancel();
    pipe.reader().close();
    pipe.writer().close();
  }

  @Test
  void timersFireInTheOrderOfTheirTimesAndCancelledOnesDoNot() throws Exception {
    poller.after(Duration.ofMillis(40), () -> seen.add("late"));
    poller.after(Duration.ofMillis(20), () -> seen.add("cancelled")).cancel();
    poller.after(Duration.ofMillis(5), () -> seen.add("early"));
    assertThat(seen.awaitCount(2)).containsExactly("early", "late");
  }

  @Test
  void aHandlerThatThrowsDoesNotStopTheOthers() throws Exception {
    poller.execute(() -> {
      throw new IllegalStateException("ours");
    });
    poller.execute(() -> seen.add("next"));
    assertThat(seen.awaitCount(2)).containsExactly("bug ours", "next");
  }

  @Test
  void workHandedOverFromManyThreadsIsAllDone() throws Exception {
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofVirtual()
              .start(() -> {
                for (int k = 0; k < 250; k++) {
                  poller.execute(() -> seen.add("x"));
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(seen.awaitCount(1000)).hasSize(1000);
  }
}
