package bespoke.ondemand.periodic;

import bespoke.contract.ProcessExit;
import bespoke.model.MethodOutcome;
import bespoke.model.PropertyGroups;
import bespoke.ondemand.NotArmedException;
import bespoke.ondemand.Occasion;
import bespoke.ondemand.Runs;
import bespoke.os.Poller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The runs of one instance: at most one at a time. A time that comes while one is under way is
/// skipped, with a line in the log.
final class TimedRuns implements Occasion {
  /// A timer runs by a clock that does not see the wall clock being set; so it looks again at least
  /// this often.
  private static final Duration LOOK = Duration.ofMinutes(10);

  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final Runs runs;
  private final RandomGenerator chance;
  private @Nullable Timetable timetable;
  private Poller.@Nullable Registration timer;
  private Poller.@Nullable Registration timeout;
  private @Nullable ZonedDateTime due;
  private OptionalLong running = OptionalLong.empty();
  private boolean timedOut;
  private int failures;

  TimedRuns(Runs runs, RandomGenerator chance) {
    this.runs = runs;
    this.chance = chance;
  }

  @Override
  public String arm(PropertyGroups groups) throws NotArmedException {
    Timetable fresh = Timetable.of(groups);
    disarm();
    timetable = fresh;
    failures = 0;
    plan(fresh, last());
    return about();
  }

  @Override
  public void disarm() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    timetable = null;
    due = null;
  }

  private String about() {
    return due == null ? "never due again" : "next run " + TEXT.format(due);
  }

  private ZonedDateTime now() {
    return ZonedDateTime.now(runs.clock());
  }

  private void plan(Timetable current, Optional<ZonedDateTime> last) {
    due = current.due(now(), last).map(time -> time.plus(jitter(current))).orElse(null);
    if (due != null) {
      sleep();
    }
  }

  private Duration jitter(Timetable current) {
    long most = current.jitter().toMillis();
    return most == 0 ? Duration.ZERO : Duration.ofMillis(chance.nextLong(most + 1));
  }

  private void sleep() {
    Duration left = due == null ? LOOK : Duration.between(now(), due);
    if (left.isNegative()) {
      left = Duration.ZERO;
    }
    timer = runs.after(left.compareTo(LOOK) < 0 ? left : LOOK, this::look);
  }

  private void look() {
    Timetable current = timetable;
    if (current == null || due == null) {
      return;
    }
    if (now().isBefore(due)) {
      sleep();
      return;
    }
    if (running.isPresent()) {
      runs.log("The last run is still under way; this one is left out.");
    } else {
      run();
    }
    if (current.equals(timetable)) {
      // also a time that was left out is over
      plan(current, Optional.of(now()));
      runs.tell(about());
    }
  }

  private void run() {
    remember();
    timedOut = false;
    running = runs.start(List.of(), Map.of(), launch -> launch);
    if (running.isEmpty()) {
      failed("could not be started");
      return;
    }
    Duration patience = runs.startTimeout();
    if (!patience.isZero()) {
      long contract = running.getAsLong();
      timeout =
          runs.after(
              patience,
              () -> {
                timedOut = true;
                runs.log("Method \"start\" timed out; killing it.");
                runs.kill(contract);
              });
    }
  }

  @Override
  public void exited(long contract, ProcessExit exit) {
    if (running.isEmpty() || running.getAsLong() != contract) {
      return;
    }
    if (timedOut) {
      failed("timed out");
    } else {
      switch (exit.outcome()) {
        case MethodOutcome.Exited(int status) when status == 0 -> failures = 0;
        case MethodOutcome.Exited(int status) -> failed("exited with status " + status);
        case MethodOutcome.Signaled(int signal, boolean _) ->
            failed("was killed by signal " + signal);
        case MethodOutcome.NotRun(String reason, boolean _) -> failed("did not run: " + reason);
        default -> {
          // what nobody saw cannot be held against it
        }
      }
    }
  }

  @Override
  public void emptied(long contract) {
    if (running.isPresent() && running.getAsLong() == contract) {
      running = OptionalLong.empty();
      if (timeout != null) {
        timeout.cancel();
        timeout = null;
      }
    }
  }

  @Override
  public void found(long contract) {
    running = OptionalLong.of(contract);
  }

  private void failed(String how) {
    runs.log("Method \"start\" " + how + ".");
    failures++;
    Timetable current = timetable;
    if (current != null && current.failuresMax() > 0 && failures >= current.failuresMax()) {
      runs.fail("Its last " + failures + " runs failed; the last one " + how + ".");
    }
  }

  // --- when it ran last, kept over reboots

  private Path file() {
    return runs.file(".last");
  }

  private Optional<ZonedDateTime> last() {
    try {
      if (Files.notExists(file()) || Files.size(file()) > 64) {
        return Optional.empty();
      }
      String text = Files.readString(file(), StandardCharsets.US_ASCII).strip();
      return text.matches("[0-9]{1,15}")
          ? Optional.of(
              ZonedDateTime.ofInstant(
                  Instant.ofEpochMilli(Long.parseLong(text)), runs.clock().getZone()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void remember() {
    try {
      Files.writeString(
          file(), Long.toString(runs.clock().millis()) + "\n", StandardCharsets.US_ASCII);
    } catch (IOException e) {
      runs.log("Cannot remember when it ran: " + e.getMessage() + ".");
    }
  }
}
