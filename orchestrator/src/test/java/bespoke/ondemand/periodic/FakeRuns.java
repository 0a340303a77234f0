package bespoke.ondemand.periodic;

import bespoke.contract.Launch;
import bespoke.ondemand.Runs;
import bespoke.os.Poller;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// A clock that a test turns, and what an occasion did.
final class FakeRuns extends Clock implements Runs {
  final List<Instant> started = new ArrayList<>();
  final List<String> lines = new ArrayList<>();
  final List<String> failures = new ArrayList<>();
  final List<Long> killed = new ArrayList<>();
  final Path directory;
  Duration timeout = Duration.ZERO;
  Instant now = Instant.parse("2026-11-26T14:47:30Z");
  private final List<Timer> timers = new ArrayList<>();
  private long contract;

  private record Timer(Instant at, Runnable task) {}

  FakeRuns(Path directory) {
    this.directory = directory;
  }

  /// Turns the clock on, and does what is due on the way.
  void pass(Duration time) {
    Instant end = now.plus(time);
    while (true) {
      Timer next = timers.stream().min(Comparator.comparing(Timer::at)).orElse(null);
      if (next == null || next.at().isAfter(end)) {
        break;
      }
      timers.remove(next);
      now = next.at();
      next.task().run();
    }
    now = end;
  }

  @Override
  public OptionalLong start(
      List<String> around, Map<String, String> more, UnaryOperator<Launch> change) {
    started.add(now);
    return OptionalLong.of(++contract);
  }

  @Override
  public Duration startTimeout() {
    return timeout;
  }

  @Override
  public void kill(long number) {
    killed.add(number);
  }

  @Override
  public void log(String message) {
    lines.add(message);
  }

  @Override
  public void fail(String reason) {
    failures.add(reason);
  }

  @Override
  public void tell(String about) {
    lines.add(about);
  }

  @Override
  public Poller.Registration after(Duration delay, Runnable task) {
    Timer timer = new Timer(now.plus(delay), task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  @Override
  public Poller.Registration watch(int descriptor, Poller.Handler handler) {
    throw new AssertionError("nothing to watch");
  }

  @Override
  public Clock clock() {
    return this;
  }

  @Override
  public Path file(String suffix) {
    return directory.resolve("instance" + suffix);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new AssertionError("always UTC");
  }

  @Override
  public Instant instant() {
    return now;
  }
}
