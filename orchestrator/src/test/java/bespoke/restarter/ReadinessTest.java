package bespoke.restarter;

import static bespoke.restarter.RealWorldFixture.CAUSE;
import static bespoke.restarter.RealWorldFixture.TESTED;
import static bespoke.restarter.RealWorldFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.contract.ContractsOpening;
import bespoke.engine.Decision;
import bespoke.engine.Event.MethodStarted;
import bespoke.engine.Event.ProbeAnswered;
import bespoke.engine.Event.ReadinessReported;
import bespoke.engine.Event.StatusReported;
import bespoke.engine.Event.WatchdogExpired;
import bespoke.model.MethodKind;
import bespoke.model.Probe;
import bespoke.model.Readiness;
import bespoke.model.Resources;
import bespoke.os.Processes;
import bespoke.restarter.RealWorldFixture.StartedMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Services that say that they are ready, and those that are asked, as real processes.
@ParameterizedClass
@EnumSource(names = {"BEST", "TRACKING"})
class ReadinessTest {

  private final ContractsOpening.Choice choice;

  private static final String SEND =
      "perl -MSocket -e 'socket(S,AF_UNIX,SOCK_DGRAM,0);"
          + " send(S,join(\"\\n\",@ARGV),0,sockaddr_un($ENV{NOTIFY_SOCKET}));";

  /// Says something and is gone.
  private static final String SAY = SEND + "' ";

  /// Says something and stays.
  private static final String SAY_AND_STAY =
      SEND + " print \"said\\n\"; close(STDOUT); sleep 1000' ";

  @TempDir Path root;

  private RealWorldFixture world;

  ReadinessTest(ContractsOpening.Choice choice) {
    this.choice = choice;
  }

  @BeforeEach
  void open() {
    world = new RealWorldFixture(root, choice);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private StartedMethod start(Readiness.Kind kind, int descriptor, String exec) {
    world.define(
        Definitions.with(
            TESTED,
            new Readiness(kind, descriptor, Optional.empty(), Optional.empty()),
            Optional.empty(),
            Resources.NONE,
            Definitions.start(exec)));
    return world.run(MethodKind.START, true, OptionalLong.empty());
  }

  private static void assumePerl() {
    assumeTrue(Files.exists(Path.of("/usr/bin/perl")), "perl sends the datagrams");
  }

  @Test
  void aServiceSaysOnTheSocketThatItIsReadyAndHowItIs() {
    assumePerl();
    StartedMethod started =
        start(
            Readiness.Kind.SD_NOTIFY,
            -1,
            SAY + "READY=1 'STATUS=three clients' MAINPID=1; sleep 1000");
    assertThat(world.events.await(ReadinessReported.class))
        .isEqualTo(new ReadinessReported(TESTED, started.contract()));
    assertThat(world.events.await(StatusReported.class))
        .isEqualTo(new StatusReported(TESTED, started.contract(), "three clients"));
    assertThat(world.answers().getFirst()).isInstanceOf(MethodStarted.class);
  }

  @Test
  void aServiceOfAnotherUserIsHeardToo() throws IOException {
    assumePerl();
    assumeTrue(Processes.uid(Processes.self()).orElse(-1) == 0, "only root can change users");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    world.define(
        Definitions.with(
            TESTED,
            new Readiness(Readiness.Kind.SD_NOTIFY, -1, Optional.empty(), Optional.empty()),
            Optional.empty(),
            Resources.NONE,
            Definitions.method(
                MethodKind.START,
                SAY + "READY=1; sleep 1000",
                new Definitions.Context().user("nobody").directory("/").build())));
    StartedMethod started = world.run(MethodKind.START, true, OptionalLong.empty());
    assertThat(world.events.await(ReadinessReported.class))
        .isEqualTo(new ReadinessReported(TESTED, started.contract()));
  }

  @Test
  void whatAStrangerSaysDoesNotCount() {
    assumePerl();
    StartedMethod service = start(Readiness.Kind.SD_NOTIFY, -1, "sleep 1000");
    world.started(service);
    StartedMethod stranger =
        world.start(
            "NOTIFY_SOCKET="
                + root.resolve("run/notify/" + service.contract())
                + " "
                + SAY_AND_STAY
                + "READY=1");
    world.started(stranger);
    until(() -> world.output().contains("said"));
    StartedMethod second = start(Readiness.Kind.SD_NOTIFY, -1, SAY + "READY=1; sleep 1000");
    world.events.await(ReadinessReported.class);
    assertThat(world.answers())
        .contains(new ReadinessReported(TESTED, second.contract()))
        .doesNotContain(new ReadinessReported(TESTED, service.contract()));
  }

  @Test
  void aServiceThatDoesNotPingItsWatchdogIsReported() {
    assumePerl();
    world.configuration.running(TESTED, "readiness/watchdog_seconds", "1");
    StartedMethod started =
        start(Readiness.Kind.SD_NOTIFY, -1, "echo $WATCHDOG_USEC; " + SAY + "READY=1; sleep 1000");
    assertThat(world.events.await(WatchdogExpired.class))
        .isEqualTo(new WatchdogExpired(TESTED, started.contract()));
    assertThat(world.output()).isEqualTo("1000000");
  }

  @Test
  void aNewlineOnTheDescriptorMeansReady() {
    StartedMethod started =
        start(Readiness.Kind.DESCRIPTOR, 5, "printf abc >&5; echo >&5; exec 5>&-; sleep 1000");
    assertThat(world.events.await(ReadinessReported.class))
        .isEqualTo(new ReadinessReported(TESTED, started.contract()));
  }

  @Test
  void aDescriptorThatIsClosedWithoutANewlineMeansNothing() {
    StartedMethod started =
        start(Readiness.Kind.DESCRIPTOR, 3, "printf abc >&3; exec 3>&-; echo done");
    world.exited(started);
    assertThat(world.answers()).noneMatch(ReadinessReported.class::isInstance);
  }

  private ProbeAnswered ask(String exec, Duration timeout) {
    world.define(
        Definitions.with(
            TESTED,
            Readiness.METHOD,
            Optional.of(Definitions.probe(Probe.Kind.EXEC, exec, timeout)),
            Resources.NONE));
    long run = world.next();
    world.world.carryOut(List.of(new Decision.RunProbe(TESTED, run, false, CAUSE)));
    return world.events.await(ProbeAnswered.class, answer -> answer.run() == run);
  }

  @Test
  void aCommandThatExitsWithStatusZeroIsWell() {
    Duration timeout = Duration.ofSeconds(20);
    assertThat(ask("/bin/sh -c 'exit 0'", timeout).well()).isTrue();
    assertThat(ask("/bin/sh -c 'exit 3'", timeout).detail()).isEqualTo("exited with status 3");
    assertThat(ask("kill -9 $$", timeout).detail()).isEqualTo("died of signal KILL");
    assertThat(ask("/no/such/probe", timeout).detail()).contains("/no/such/probe");
  }

  @Test
  void aCommandThatSaysWhyIsInTheLog() {
    assertThat(ask("echo lost; echo why >&2; exit 1", Duration.ofSeconds(20)).well()).isFalse();
    assertThat(world.output()).isEqualTo("why");
  }

  @Test
  void aCommandThatTakesTooLongIsKilledWithAllThatItStarted() throws IOException {
    Path pids = root.resolve("pids");
    ProbeAnswered answer =
        ask("sleep 1000 & echo $! $$ >" + pids + "; wait", Duration.ofMillis(500));
    assertThat(answer.detail()).isEqualTo("did not answer within 500 ms");
    for (String pid : Files.readString(pids).strip().split(" ")) {
      until(() -> Processes.stat(Long.parseLong(pid)).isEmpty());
    }
  }
}
