package bespoke.restarter;

import static bespoke.restarter.RealWorldFixture.CAUSE;
import static bespoke.restarter.RealWorldFixture.TESTED;
import static bespoke.restarter.RealWorldFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.contract.ContractsOpening;
import bespoke.engine.Decision;
import bespoke.engine.Event.ContractEmptied;
import bespoke.engine.Event.MemberDied;
import bespoke.engine.Event.MethodExited;
import bespoke.engine.Event.MethodStarted;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.restarter.RealWorldFixture.StartedMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Methods as real processes (smf.md 12.5, as DESIGN 3 changes it).
@ParameterizedClass
@EnumSource(names = {"BEST", "TRACKING"})
class MethodsTest {

  private final ContractsOpening.Choice choice;

  @TempDir Path root;

  private RealWorldFixture world;

  MethodsTest(ContractsOpening.Choice choice) {
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

  @Test
  void aMethodStartsAndExitsAndIsLogged() {
    StartedMethod started = world.start("/bin/sh -c 'echo out; echo err >&2; exit 3'");
    assertThat(world.outcome(started)).isEqualTo(new MethodOutcome.Exited(3));
    world.emptied(started);
    assertThat(world.messages())
        .containsExactly(
            "Executing start method (\"/bin/sh -c 'echo out; echo err >&2; exit 3'\").",
            "Method \"start\" exited with status 3.");
    assertThat(world.output()).isEqualTo("out\nerr");
    assertThat(world.answers())
        .hasSize(3)
        .satisfies(answers -> {
          assertThat(answers.get(0)).isInstanceOf(MethodStarted.class);
          assertThat(answers.get(1)).isInstanceOf(MethodExited.class);
          assertThat(answers.get(2)).isInstanceOf(ContractEmptied.class);
        });
    assertThat(world.events.all().get(0).cause()).isEqualTo(CAUSE);
    assertThat(world.events.all().get(1).cause()).isEqualTo(CAUSE);
    assertThat(world.exited(started).waitStatus()).hasValue(3 << 8);
  }

  @Test
  void theProcessIsTheCommandItselfNotAShell() throws IOException {
    StartedMethod started = world.start("sleep 1000");
    long pid = world.started(started).pid();
    assertThat(world.world.contracts().members(started.contract())).containsExactly(pid);
    world.world.carryOut(
        List.of(new Decision.SignalContract(TESTED, started.contract(), "TERM", 7)));
    assertThat(world.outcome(started)).isEqualTo(new MethodOutcome.Signaled(15, false));
    assertThat(world.messages()).contains("Method \"start\" failed due to signal TERM.");
    assertThat(world.events.awaitPosted(MethodExited.class, _ -> true, 1).cause()).isEqualTo(7);
  }

  @Test
  void aCommandWithShellSyntaxIsRunWhole() {
    assertThat(world.output("echo a && echo b; echo $((1 + 2))", MethodContext.NONE))
        .isEqualTo("a\nb\n3");
  }

  @Test
  void aHostileValueIsOneArgument() {
    String value = "a b;c$(id)`id`'\"\\ *";
    world.configuration.running(TESTED, "config/v", value);
    assertThat(world.output("printf %%s\\\\n %{config/v}", MethodContext.NONE)).isEqualTo(value);
  }

  @Test
  void aHostileValueIsOneArgumentOfAShellCommandToo() {
    String value = "a b;c$(id)`id`'\"\\ *";
    world.configuration.running(TESTED, "config/v", value);
    assertThat(
            world.output(
                "printf '<%%s>' %{config/v} && printf '<%%s><%%s>\\n' \"%{config/v}\""
                    + " '%{config/v}'",
                MethodContext.NONE))
        .isEqualTo("<" + value + "><" + value + "><" + value + ">");
  }

  @Test
  void whateverValuesHoldTheShellSeesThemAsTheyAre() {
    long seed = 20_261_124;
    Random random = new Random(seed);
    StringBuilder exec = new StringBuilder("true && printf '%%s\\n'");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String value = hostile(random);
      world.configuration.running(TESTED, "config/v" + i, value);
      String quote = List.of("", "\"", "'").get(i % 3);
      exec.append(" ").append(quote).append("%{config/v").append(i).append("}").append(quote);
      expected.add(value);
    }
    String output = world.output(exec.toString(), MethodContext.NONE);
    assertThat(List.of(output.split("\n", -1))).as("seed %d", seed).isEqualTo(expected);
  }

  private static String hostile(Random random) {
    String alphabet = "ab $`\"'\\\\!*?[]{}()<>|&;#~=%^\t-/é";
    StringBuilder value = new StringBuilder("x");
    for (int length = random.nextInt(12); length > 0; length--) {
      value.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return value.reverse().toString();
  }

  @Test
  void aMissingPropertyMeansThatNothingRuns() {
    StartedMethod started = world.start("/bin/echo %{missing}");
    assertThat(world.outcome(started))
        .isEqualTo(
            new MethodOutcome.NotRun(
                "Could not expand the method tokens of start/exec: property \"missing\" not"
                    + " found.",
                false));
    assertThat(world.messages()).singleElement().asString().contains("\"missing\" not found");
  }

  @Test
  void theEnvironmentHoldsNothingOfOurs() {
    List<String> lines =
        world
            .output(
                "/usr/bin/env",
                new Definitions.Context()
                    .environment("OWN=1", "SMF_X=1", "NOEQ", "PATH=/opt/bin:/usr/bin")
                    .directory("/")
                    .build())
            .lines()
            .filter(line -> !line.startsWith("BESPOKE_") && !line.startsWith("PWD="))
            .toList();
    assertThat(lines)
        .containsExactlyInAnyOrder(
            "SMF_FMRI=svc:/t/a:default",
            "SMF_METHOD=start",
            "SMF_RESTARTER=svc:/system/svc/restarter:default",
            "SMF_ZONENAME=global",
            "PATH=/opt/bin:/usr/bin",
            "LANG=C.UTF-8",
            "OWN=1");
    assertThat(world.messages())
        .contains(
            "Invalid environment variable \"SMF_X=1\"; \"SMF_\" prefix is reserved.",
            "Invalid environment variable \"NOEQ\".");
  }

  @Test
  void withoutAContextItRunsInTheRootDirectory() {
    assertThat(world.output("pwd", MethodContext.NONE)).isEqualTo("/");
  }

  @Test
  void withAnyContextItRunsInTheHomeOfItsUser() {
    String home = Homes.of("").orElseThrow().toString();
    assertThat(world.output("pwd", new Definitions.Context().environment("A=1").build()))
        .isEqualTo(home);
  }

  @Test
  void theStreamsAreTheNullDeviceAndTheLog() throws IOException {
    String links =
        world.output(
            "/bin/sh -c 'readlink /proc/self/fd/0 /proc/$$/fd/1 /proc/$$/fd/2'",
            MethodContext.NONE);
    Path log = world.world.logPath(TESTED).toRealPath();
    assertThat(links).isEqualTo("/dev/null\n" + log + "\n" + log);
  }

  @Test
  void noOtherDescriptorIsInherited() {
    assertThat(world.output("/bin/sh -c 'cd /proc/$$/fd; echo *'", MethodContext.NONE))
        .as("and the directory that is read")
        .matches("0 1 2( 3)?");
  }

  @Test
  void anUnknownUserIsSaidAndNothingRuns() {
    StartedMethod started =
        world.start(
            "/bin/echo",
            new Definitions.Context().user("nosuchuser").directory("/").build(),
            false);
    assertThat(world.outcome(started))
        .isInstanceOfSatisfying(
            MethodOutcome.NotRun.class,
            not -> {
              assertThat(not.reason()).contains("nosuchuser");
              assertThat(not.retryable()).isFalse();
            });
    assertThat(world.messages()).contains("Could not interpret user property.");
  }

  @Test
  void anUnknownUserWithoutADirectoryIsSaidToo() {
    StartedMethod started =
        world.start("/bin/echo", new Definitions.Context().user("nosuchuser").build(), false);
    assertThat(world.outcome(started)).isInstanceOf(MethodOutcome.NotRun.class);
    assertThat(world.messages().getLast()).contains("nosuchuser");
  }

  @Test
  void aMissingDirectoryIsSaidAndNothingRuns() {
    StartedMethod started =
        world.start("/bin/echo", new Definitions.Context().directory("/no/such").build(), false);
    assertThat(world.outcome(started))
        .isEqualTo(
            new MethodOutcome.NotRun("chdir: No such file or directory (\"/no/such\")", false));
    assertThat(world.messages()).contains("chdir: No such file or directory (\"/no/such\")");
  }

  @Test
  void aDirectoryThatIsNoneIsSaid() {
    StartedMethod started =
        world.start("/bin/echo", new Definitions.Context().directory("/etc/passwd").build(), false);
    assertThat(world.outcome(started))
        .isEqualTo(new MethodOutcome.NotRun("chdir: Not a directory (\"/etc/passwd\")", false));
  }

  @Test
  void aMissingProgramIsSaid() {
    StartedMethod started = world.start("/no/such/program");
    assertThat(world.outcome(started))
        .isInstanceOfSatisfying(
            MethodOutcome.NotRun.class,
            not -> {
              assertThat(not.reason()).contains("/no/such/program");
              assertThat(not.retryable()).isFalse();
            });
  }

  @Test
  void aMissingProgramOfAServiceThatIsItsProcessIsSaidInSmfsWords() {
    StartedMethod started = world.start("/no/such/program -x", MethodContext.NONE, true);
    assertThat(world.outcome(started))
        .isEqualTo(
            new MethodOutcome.NotRun(
                "Missing start method (/no/such/program), changing state to maintenance.", false));
    assertThat(world.messages())
        .containsExactly("Missing start method (/no/such/program), changing state to maintenance.");
  }

  @Test
  void aProgramThatMayNotBeExecutedAndOneWithABadInterpreterAreToldApart() throws IOException {
    Path plain = Files.writeString(root.resolve("plain"), "#!/bin/sh\n");
    assertThat(reason(plain.toString())).contains(plain.toString()).contains("not executable");
    Path bad = Files.writeString(root.resolve("bad"), "#!/no/such/interpreter\n");
    Files.setPosixFilePermissions(bad, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(reason(bad.toString())).contains("/no/such/interpreter");
  }

  private String reason(String exec) {
    return ((MethodOutcome.NotRun) world.outcome(world.start(exec))).reason();
  }

  @Test
  void theStatusOfTheProgramItselfIsNotMistakenForOurs() {
    assertThat(world.outcome(world.start("/bin/sh -c 'exit 127'")))
        .isEqualTo(new MethodOutcome.Exited(127));
    assertThat(world.outcome(world.start("/bin/sh -c 'exit 126'")))
        .isEqualTo(new MethodOutcome.Exited(126));
  }

  @Test
  void aDaemonThatForksTwiceStaysInItsContractAfterTheMethodExited() {
    StartedMethod started = world.start("/bin/sh -c '(sleep 1000 & sleep 1000 &) & exit 0'");
    assertThat(world.outcome(started)).isEqualTo(new MethodOutcome.Exited(0));
    awaitMembers(started, 2);
    world.kill(started);
    assertThat(world.world.contracts().members(started.contract())).isEmpty();
    assertThat(world.events.events())
        .as("deaths by our own kill are no news")
        .noneMatch(MemberDied.class::isInstance);
  }

  private void awaitMembers(StartedMethod started, int count) {
    until(() -> world.world.contracts().size(started.contract()) == count);
  }

  @Test
  void theDeathOfADaemonByASignalIsReportedBeforeItsContractIsEmpty() {
    StartedMethod started = world.start("/bin/sh -c 'sleep 1000 & exit 0'");
    world.outcome(started);
    long pid = world.world.contracts().members(started.contract()).getFirst();
    bespoke.os.Signals.send(pid, 9);
    world.emptied(started);
    assertThat(world.answers())
        .containsSubsequence(
            new MemberDied(TESTED, started.contract(), pid, 9, false, false),
            new ContractEmptied(TESTED, started.contract()));
    assertThat(world.events.awaitPosted(ContractEmptied.class, _ -> true, 1).cause()).isZero();
  }

  @Test
  void aServiceThatIsItsProcessEndsByItself() {
    StartedMethod started =
        world.start("/bin/sh -c 'exit 5'", new Definitions.Context().directory("/").build(), true);
    assertThat(world.outcome(started)).isEqualTo(new MethodOutcome.Exited(5));
    assertThat(world.events.awaitPosted(MethodExited.class, _ -> true, 1).cause()).isZero();
  }

  @Test
  void aStopMethodRunsInAContractOfItsOwnAndKnowsTheServices() {
    StartedMethod service = world.start("sleep 1000");
    world.started(service);
    world.define(
        Definitions.withMethods(
            TESTED,
            Definitions.method(
                MethodKind.STOP, "echo %m %{restarter/contract}", MethodContext.NONE)));
    StartedMethod stop = world.run(MethodKind.STOP, false, OptionalLong.of(service.contract()));
    assertThat(world.outcome(stop)).isEqualTo(new MethodOutcome.Exited(0));
    assertThat(world.output()).isEqualTo("stop " + service.contract());
    assertThat(world.world.contracts().isEmpty(service.contract())).isFalse();
  }

  @Test
  void signalsToWhatIsNotThereAreAnsweredAsEmpty() {
    world.world.carryOut(List.of(new Decision.SignalContract(TESTED, 999_999, "HUP", 3)));
    assertThat(world.events.awaitPosted(ContractEmptied.class, e -> e.contract() == 999_999, 1))
        .extracting(CollectedEvents.Posted::cause)
        .isEqualTo(3L);
    world.world.carryOut(List.of(new Decision.AwaitEmpty(TESTED, 999_998, 4)));
    world.events.await(ContractEmptied.class, e -> e.contract() == 999_998);
    world.world.carryOut(List.of(new Decision.KillContract(TESTED, 999_997, 4)));
    world.events.await(ContractEmptied.class, e -> e.contract() == 999_997);
  }

  @Test
  void anAbandonedContractRunsOnUnwatched() {
    StartedMethod started = world.start("/bin/sh -c 'sleep 1000 & exit 0'");
    world.outcome(started);
    long pid = world.world.contracts().members(started.contract()).getFirst();
    world.world.carryOut(
        List.of(
            new Decision.AbandonContract(TESTED, started.contract(), 1),
            new Decision.WriteLog(TESTED, "abandoned")));
    until(() -> world.messages().contains("abandoned"));
    assertThat(ProcessHandle.of(pid)).isPresent();
    bespoke.os.Signals.send(pid, 9);
    StartedMethod next = world.start("/bin/sh -c 'exit 0'");
    world.emptied(next);
    assertThat(world.answers()).doesNotContain(new ContractEmptied(TESTED, started.contract()));
  }

  @Test
  void aLogThatCannotBeWrittenDoesNotStopTheService() throws IOException {
    Files.createDirectories(world.world.logPath(TESTED));
    StartedMethod started = world.start("/bin/sh -c 'echo lost; exit 0'");
    assertThat(world.outcome(started)).isEqualTo(new MethodOutcome.Exited(0));
    assertThat(world.events.await(bespoke.engine.Event.StatusReported.class).text())
        .contains("cannot write the log");
  }

  @Test
  void anInstanceWithoutADefinitionDoesNotRun() {
    StartedMethod started = world.run(MethodKind.START, false, OptionalLong.empty());
    assertThat(world.outcome(started))
        .isEqualTo(new MethodOutcome.NotRun("it has no definition any more", false));
  }
}
