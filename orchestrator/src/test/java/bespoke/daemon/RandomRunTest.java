package bespoke.daemon;

import static bespoke.engine.House.fmri;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.journal.Entry;
import bespoke.journal.Replay;
import bespoke.model.InstanceFmri;
import bespoke.model.Transition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A long random life: people, deaths of processes and of the daemon. Its journal explains and
/// repeats it.
class RandomRunTest {
  private static final int EVENTS = 10_000;
  private static final int SERVICES = 12;
  private static final long SEED = Long.getLong("bespoke.run.seed", 20_261_126L);

  private final Random random = new Random(SEED);
  private final ToyMachine machine = new ToyMachine();
  private int kills;

  @TempDir Path directory;
  private Path services;

  @BeforeEach
  void prepare() throws IOException {
    services = Files.createDirectory(directory.resolve("services"));
    String[] styles = {"contract", "child", "transient"};
    String[] groupings = {"require_all", "require_any", "optional_all"};
    for (int i = 0; i < SERVICES; i++) {
      StringBuilder text = new StringBuilder("service: t/s" + i + "\nenabled: true\n");
      if (i > 0) {
        text.append("dependencies:\n");
        for (int k = 0; k < 2; k++) {
          text.append(
              "  d%d: {grouping: %s, restart_on: %s, services: [t/s%d]}\n"
                  .formatted(
                      k,
                      groupings[random.nextInt(groupings.length)],
                      random.nextBoolean() ? "restart" : "none",
                      random.nextInt(i)));
        }
      }
      String style = styles[i % styles.length];
      text.append("startd: {duration: ").append(style).append("}\nmethods:\n");
      text.append("  start: {exec: /start, timeout_seconds: 60}\n");
      if (!style.equals("transient")) {
        text.append(
            "  stop: {exec: \"%s\", timeout_seconds: 60}\n"
                .formatted(random.nextBoolean() ? ":kill" : "/stop"));
      }
      text.append("  refresh: {exec: /refresh, timeout_seconds: 60}\n");
      Files.writeString(services.resolve("s" + i + ".yaml"), text.toString());
    }
  }

  private SteppedDaemon start() throws IOException {
    return SteppedDaemon.start(
        directory.resolve("root"), services, "boot", machine, CrashPoints.none());
  }

  @Test
  void theJournalOfTenThousandEventsExplainsAndRepeatsThem() throws IOException {
    SteppedDaemon daemon = start();
    try {
      while (daemon.loop.lastId() < EVENTS) {
        switch (random.nextInt(60)) {
          case 0, 1, 2, 3 -> daemon.request(request(daemon));
          case 4, 5 -> machine.processDies(instance());
          case 6 -> {
            if (random.nextInt(20) == 0) {
              daemon.close();
              machine.daemonDied(random.nextBoolean());
              daemon = start();
              kills++;
            }
          }
          default -> daemon.steps(1);
        }
      }
      daemon.settle();
      assertThat(machine.wrongs()).isEmpty();
      everyTransitionReachesARoot(daemon);
      theReplayGivesTheSame(daemon);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + SEED + ": " + e.getMessage(), e);
    } finally {
      daemon.close();
    }
  }

  private InstanceFmri instance() {
    return fmri("s" + random.nextInt(SERVICES));
  }

  private Event.Requested request(SteppedDaemon daemon) {
    InstanceFmri instance = instance();
    return switch (random.nextInt(6)) {
      case 0 -> new Event.EnableRequested(instance, random.nextInt(3) > 0, false, "");
      case 1 -> new Event.EnableRequested(instance, true, random.nextBoolean(), "for now");
      case 2 -> new Event.RestartRequested(instance, false);
      case 3 -> new Event.ClearRequested(instance);
      default ->
          new Event.RefreshRequested(
              instance, daemon.engine.status(instance).orElseThrow().definition());
    };
  }

  private static void everyTransitionReachesARoot(SteppedDaemon daemon) throws IOException {
    Map<Long, Envelope> events = new HashMap<>();
    List<Transition> transitions = new ArrayList<>();
    daemon.journal.forEach(
        0,
        entry -> {
          events.put(entry.envelope().id(), entry.envelope());
          transitions.addAll(entry.transitions());
          return true;
        });
    assertThat(transitions).hasSizeGreaterThan(EVENTS / 4);
    for (Transition transition : transitions) {
      Envelope at = known(events, transition.cause());
      while (at.cause() != 0) {
        assertThat(at.cause()).as("cause of %s", at).isLessThan(at.id());
        at = known(events, at.cause());
      }
      assertThat(isRoot(at)).as("root %s of %s", at, transition).isTrue();
    }
  }

  private static Envelope known(Map<Long, Envelope> events, long id) {
    return Objects.requireNonNull(events.get(id), () -> "event " + id + " is not in the journal");
  }

  private static boolean isRoot(Envelope envelope) {
    return envelope.actor().isPresent()
        || envelope.event() instanceof Event.DaemonStarted
        || envelope.event() instanceof Event.DefinitionsImported
        || envelope.event() instanceof Event.ContractEmptied;
  }

  private void theReplayGivesTheSame(SteppedDaemon daemon) throws IOException {
    Replay replay = new Replay();
    assertThat(daemon.journal.forEach(0, replay)).isZero();
    System.out.println(
        "random run: %d events, %d transitions, %d daemons killed, %d decided otherwise in replay"
            .formatted(replay.replayed(), replay.transitions(), kills, replay.different()));
    assertThat(replay.differences()).isEmpty();
    assertThat(replay.replayed()).isGreaterThanOrEqualTo(EVENTS);
    assertThat(replay.skipped()).isZero();
    assertThat(replay.daemons()).isEqualTo(kills + 1);
    assertThat(kills).isGreaterThan(2);
    assertThat(replay.engine().statuses()).isEqualTo(daemon.engine.statuses());
  }

  /// A replay that could not notice anything would prove nothing.
  @Test
  void aReplayNoticesAnEventThatIsMissing() throws IOException {
    try (SteppedDaemon daemon = start()) {
      daemon.request(new Event.RestartRequested(fmri("s0"), false));
      daemon.settle();
      List<Entry> entries = new ArrayList<>();
      daemon.journal.forEach(0, entries::add);
      Replay replay = new Replay();
      for (Entry entry : entries) {
        if (!(entry.envelope().event() instanceof Event.RestartRequested)) {
          replay.test(entry);
        }
      }
      assertThat(replay.different()).isPositive();
    }
  }
}
