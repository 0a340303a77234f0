package bespoke.supervisor.server;

import bespoke.supervisor.config.Autorestart;
import bespoke.supervisor.config.Check;
import bespoke.supervisor.config.ChildContext;
import bespoke.supervisor.config.Dependencies;
import bespoke.supervisor.config.GroupConfig;
import bespoke.supervisor.config.GroupKind;
import bespoke.supervisor.config.Limits;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.ProcessConfig;
import bespoke.supervisor.config.SignalNumber;
import bespoke.supervisor.config.StartPolicy;
import bespoke.supervisor.config.StopPolicy;
import bespoke.supervisor.config.StreamConfig;
import bespoke.supervisor.log.ActivityLog;
import bespoke.supervisor.process.ProcessState;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The end and the restart of a program, gone through once with a program of no importance: the
/// first time takes a JVM several times as long as the second, and the first time should not be a
/// program that somebody waits for.
///
/// It is in no group that anybody sees, writes no log and sends no event.
final class Rehearsal {
  /// The server has other things to do at first.
  private static final Duration AFTER = Duration.ofSeconds(2);

  /// Lives long enough to be restarted at once.
  private static final String PROGRAM = "/bin/sleep 1";

  /// By then it has been restarted.
  private static final Duration RESTARTED = Duration.ofMillis(1500);

  private final World world;
  private @Nullable ManagedGroup group;
  private boolean isStopping;
  private boolean isOver;

  private Rehearsal(World of) {
    var silent = new ActivityLog(LogLevel.CRITICAL, InstantSource.system(), null, null, null);
    world =
        new World(
            of.loop(),
            silent,
            new EventBus(of.loop(), silent),
            of.contracts(),
            of.clock(),
            of.configuration(),
            of.privateDirectory(),
            of.environment());
  }

  /// Has one begin in a while.
  static Rehearsal soon(World world) {
    var rehearsal = new Rehearsal(world);
    var _ = world.loop().after(AFTER, rehearsal::begin);
    return rehearsal;
  }

  private void begin() {
    if (isOver) {
      return;
    }
    try {
      group =
          new ManagedGroup(
              world,
              new GroupConfig("rehearsal", 0, new GroupKind.Plain(), List.of(program())),
              Map.of(),
              this::changed);
      group.processes().forEach(ManagedProcess::start);
    } catch (IOException _) {
      end(); // then the first crash takes longer
    }
  }

  private static ProcessConfig program() {
    return new ProcessConfig(
        "rehearsal",
        "rehearsal",
        PROGRAM,
        0,
        true,
        StreamConfig.dropped(),
        StreamConfig.dropped(),
        new StartPolicy(true, Autorestart.ALWAYS, 0, 0, List.of(0), 0, 0, 0, 1),
        new StopPolicy(SignalNumber.KILL, 1, false, false),
        new ChildContext(null, null, null, Map.of(), null, Limits.none()),
        new Dependencies(Map.of(), "none"),
        new Check.Checks(null, 1, null, 1, 1, 1));
  }

  private void changed(ManagedProcess process) {
    ProcessState state = process.status().state();
    if (state == ProcessState.RUNNING && !isStopping) {
      isStopping = true; // nobody is told of a restart that succeeds at once
      var _ = world.loop().after(RESTARTED, process::stop);
    } else if (state == ProcessState.STOPPED || state == ProcessState.FATAL) {
      world.loop().execute(this::end);
    }
  }

  /// Leaves nothing of it, whether it has begun or not.
  void end() {
    isOver = true;
    if (group != null) {
      group.dispose();
      group = null;
    }
  }
}
