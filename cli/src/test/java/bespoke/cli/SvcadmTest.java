package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ActedRecord;
import bespoke.api.BlockerRecord;
import bespoke.api.ErrorKind;
import bespoke.api.InstanceRequest;
import bespoke.api.NoteRecord;
import bespoke.api.Outcome;
import bespoke.api.PlanStepRecord;
import bespoke.api.ProgressRecord;
import bespoke.api.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The client's part of `smf.md` 12.7, C1-C11.
class SvcadmTest {

  @TempDir Path root;
  private FakeDaemon daemon;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon(root);
    shell = new Shell(root);
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  @Test
  void everyOptionReachesTheDaemon() {
    shell.run("svcadm enable -rst a b");
    shell.run("svcadm -S maintenance clear");
    shell.run("svcadm restart -d a");
    shell.run("svcadm mark -It maintenance a");
    shell.run(List.of("svcadm", "disable", "-c", "being repaired", "a"));
    assertThat(daemon.requests())
        .containsExactly(
            act("enable", List.of("a", "b"), "", true, true, false, false, true, ""),
            act("clear", List.of(), "maintenance", false, false, false, false, false, ""),
            act("restart", List.of("a"), "", false, false, false, true, false, ""),
            act("mark_maintenance", List.of("a"), "", true, false, true, false, false, ""),
            act("disable", List.of("a"), "", false, false, false, false, false, "being repaired"));
  }

  private static InstanceRequest.Act act(
      String action,
      List<String> operands,
      String inState,
      boolean temporary,
      boolean recursive,
      boolean immediate,
      boolean dump,
      boolean synchronous,
      String comment) {
    return new InstanceRequest.Act(
        action,
        operands,
        inState,
        temporary,
        recursive,
        immediate,
        dump,
        synchronous,
        false,
        comment,
        false);
  }

  @ParameterizedTest
  @CsvSource({
    "enable a, svc:/t/a:default enabled.",
    "enable -t a, svc:/t/a:default temporarily enabled.",
    "disable a, svc:/t/a:default disabled.",
    "disable -t a, svc:/t/a:default temporarily disabled.",
    "restart a, Action restart set for svc:/t/a:default.",
    "refresh a, Action refresh set for svc:/t/a:default.",
    "clear a, Action maint_off set for svc:/t/a:default.",
    "mark maintenance a, Action maint_on set for svc:/t/a:default."
  })
  void whatWasRequestedIsSaidOnlyWhenVerbose(String arguments, String sentence) {
    daemon.answering(request -> List.of(new ActedRecord("svc:/t/a:default"), Outcome.OK));
    assertThat(shell.run("svcadm -v " + arguments).out()).isEqualTo(sentence + "\n");
    assertThat(shell.run("svcadm " + arguments)).isEqualTo(new Shell.Result(0, "", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "svcadm",
        "svcadm fly",
        "svcadm enable",
        "svcadm mark a",
        "svcadm mark degraded",
        "svcadm mark -t degraded a",
        "svcadm -S online enable a",
        "svcadm -S online clear",
        "svcadm milestone",
        "svcadm milestone a b",
        "svcadm enable -x a"
      })
  void wrongUsageExitsWithTwo(String line) {
    Shell.Result result = shell.run(line);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("svcadm: ").contains("Usage: ");
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void aMisspelledSubcommandIsGuessed() {
    assertThat(shell.run("svcadm enalbe a").err()).contains("Did you mean").contains("enable");
  }

  @Test
  void whatTheDaemonRefusesIsPrintedWithItsStatus() {
    daemon.answering(request ->
        List.of(Outcome.failed(ErrorKind.AMBIGUOUS, "Partial FMRI matches multiple instances")));
    assertThat(shell.run("svcadm restart a"))
        .isEqualTo(new Shell.Result(1, "", "svcadm: Partial FMRI matches multiple instances\n"));
  }

  @Test
  void anUnmatchedOperandIsNamed() {
    daemon.answering(request -> List.of(new Outcome("not_found", 1, List.of(), List.of("nosuch"))));
    assertThat(shell.run("svcadm enable nosuch"))
        .isEqualTo(
            new Shell.Result(1, "", "svcadm: Pattern 'nosuch' doesn't match any instances\n"));
  }

  @Test
  void waitingShowsTheBlockingEdgeOnATerminalAndEndsWithTheDaemonsStatus() {
    Reply waiting =
        new ProgressRecord(
            "svc:/t/a:default",
            "offline",
            "",
            false,
            List.of(new BlockerRecord("db", "require_all", "svc:/t/db:default", "disabled")));
    daemon.answering(request ->
        List.of(
            waiting,
            new Outcome(
                "state",
                4,
                List.of("Instance \"svc:/t/a:default\" has unsatisfied dependencies."),
                List.of())));
    Shell.Result plain = shell.run("svcadm enable -s a");
    assertThat(plain.status()).isEqualTo(4);
    assertThat(plain.out()).isEmpty();
    assertThat(plain.err())
        .isEqualTo("svcadm: Instance \"svc:/t/a:default\" has unsatisfied dependencies.\n");
    assertThat(shell.onTerminal().environment("COLUMNS", "200").run("svcadm enable -s a").out())
        .contains(
            "svc:/t/a:default: offline, waits for svc:/t/db:default (disabled, require_all"
                + " \"db\")");
  }

  @Test
  void notesGoToStandardOutputAndWarningsToStandardError() {
    daemon.answering(request ->
        List.of(
            new NoteRecord("svc:/t/a:default requires one of:", false),
            new NoteRecord("several instances", true),
            Outcome.OK));
    assertThat(shell.run("svcadm enable -r a"))
        .isEqualTo(
            new Shell.Result(
                0, "svc:/t/a:default requires one of:\n", "svcadm: several instances\n"));
  }

  @Test
  void aPlanIsPrintedInWavesAndItsStatusTellsWhetherSomethingWouldChange() {
    daemon.answering(request ->
        List.of(
            new PlanStepRecord(1, "svc:/t/a:default", "online", "offline", "disabled"),
            Outcome.OK));
    assertThat(shell.run("svcadm disable -n a"))
        .isEqualTo(
            new Shell.Result(1, "wave 1\n  svc:/t/a:default  online -> offline  disabled\n", ""));
    daemon.answering(request -> List.of(Outcome.OK));
    assertThat(shell.run("svcadm disable --plan a"))
        .isEqualTo(new Shell.Result(0, "nothing would change\n", ""));
    daemon.answering(
        request -> List.of(Outcome.failed(ErrorKind.NOT_AVAILABLE, "plans are not available")));
    assertThat(shell.run("svcadm milestone -n all").status()).isEqualTo(2);
  }

  @Test
  void milestonesAreHandedOn() {
    shell.run("svcadm milestone -d multi-user");
    assertThat(daemon.requests())
        .containsExactly(new InstanceRequest.Milestone("multi-user", true, false));
  }

  @Test
  void anUnreachableDaemonExitsWith111() throws IOException {
    daemon.close();
    assertThat(new Shell(root.resolve("none")).run("svcadm enable a").status()).isEqualTo(111);
  }
}
