package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ActedRecord;
import bespoke.api.BlockerRecord;
import bespoke.api.ChangeRequest;
import bespoke.api.ErrorKind;
import bespoke.api.InstanceRequest;
import bespoke.api.NoteRecord;
import bespoke.api.Outcome;
import bespoke.api.PlanEffectRecord;
import bespoke.api.PlanRecord;
import bespoke.api.ProgressRecord;
import bespoke.api.Reply;
import bespoke.api.Request;
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
        comment);
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
    PlanRecord plan = new PlanRecord("17-1", 2400, true, true, false, "terminal", false, "");
    daemon.answering(request ->
        List.of(
            effect(1, "svc:/t/b:default", "stop", "offline", "a dependency", "it needs a"),
            effect(2, "svc:/t/a:default", "stop", "disabled", "disabled", ""),
            effect(0, "svc:/t/c:default", "stay", "online", "optional_all \"a\"", ""),
            plan,
            Outcome.OK));
    assertThat(shell.run("svcadm disable -n a"))
        .isEqualTo(
            new Shell.Result(
                1,
                """
                wave 1
                  stop     svc:/t/b:default  online -> offline  a dependency
                           cannot run then: it needs a
                wave 2
                  stop     svc:/t/a:default  online -> disabled  disabled
                unchanged
                  stay     svc:/t/c:default  online  optional_all "a"
                2 stop, 1 stays, 1 cannot run then within about 2.4 s. Do it: svcadm --apply 17-1
                """,
                ""));
    daemon.answering(request -> List.of(Outcome.OK));
    assertThat(shell.run("svcadm disable --plan a"))
        .isEqualTo(new Shell.Result(0, "no service would start, stop or be refreshed\n", ""));
    daemon.answering(
        request -> List.of(Outcome.failed(ErrorKind.NOT_AVAILABLE, "plans are not available")));
    assertThat(shell.run("svcadm milestone -n all").status()).isEqualTo(2);
  }

  private static PlanEffectRecord effect(
      int wave, String fmri, String kind, String to, String why, String lost) {
    return new PlanEffectRecord(
        wave, fmri, kind, "online", to, 100, why, List.of(), lost, fmri.equals("svc:/t/a:default"));
  }

  /// Plans that b stops, too; anything else is done.
  private void stopping(String ask) {
    daemon.answering(request ->
        request instanceof ChangeRequest.Plan
            ? List.of(
                effect(1, "svc:/t/b:default", "stop", "offline", "a dependency", ""),
                effect(2, "svc:/t/a:default", "stop", "disabled", "disabled", ""),
                new PlanRecord("17-1", 0, true, true, false, ask, false, ""),
                Outcome.OK)
            : List.of(Outcome.OK));
  }

  private List<Request> asked() {
    return daemon.requests().stream()
        .filter(request -> !(request instanceof ChangeRequest.Plan))
        .toList();
  }

  @Test
  void onATerminalWhatIsNotNamedIsAskedFor() {
    stopping("terminal");
    Shell.Result declined = shell.onTerminal("svcadm disable a", "n\n");
    assertThat(declined.status()).isEqualTo(1);
    assertThat(declined.err())
        .startsWith("This would also stop what was not named:\n  svc:/t/b:default\nGo on? [y/N] ")
        .endsWith("svcadm: nothing was changed\n");
    assertThat(asked()).isEmpty();
    assertThat(shell.onTerminal("svcadm disable a", "").status()).isEqualTo(1);
    assertThat(asked()).isEmpty();
    assertThat(shell.onTerminal("svcadm disable a", "y\n").status()).isZero();
    assertThat(asked()).containsExactly(new ChangeRequest.Apply("17-1"));
  }

  @Test
  void nobodyIsAskedWhoSaidYesOrSitsAtNoTerminalOrWhereTheMachineSaysNever() {
    stopping("terminal");
    shell.onTerminal("svcadm disable --yes a", "");
    assertThat(asked()).singleElement().isInstanceOf(ChangeRequest.Confirmed.class);
    shell.run("svcadm disable a");
    assertThat(asked().getLast()).isInstanceOf(InstanceRequest.Act.class);
    stopping("never");
    assertThat(shell.onTerminal("svcadm disable a", "").status()).isZero();
    assertThat(asked().getLast()).isInstanceOf(InstanceRequest.Act.class);
  }

  @Test
  void aPlanIsAppliedByItsId() {
    assertThat(shell.run("svcadm --apply 17-1").status()).isZero();
    assertThat(daemon.requests()).containsExactly(new ChangeRequest.Apply("17-1"));
  }

  @Test
  void milestonesAreHandedOn() {
    shell.run("svcadm milestone -d multi-user");
    assertThat(daemon.requests())
        .containsExactly(new InstanceRequest.Milestone("multi-user", true));
  }

  @Test
  void anUnreachableDaemonExitsWith111() throws IOException {
    daemon.close();
    assertThat(new Shell(root.resolve("none")).run("svcadm enable a").status()).isEqualTo(111);
  }
}
