package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.EnabledRecord;
import bespoke.api.NoteRecord;
import bespoke.api.Outcome;
import bespoke.api.ProcessRecord;
import bespoke.api.TransitionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `smf.md` 12.6, V1-V13.
class SvcsTest {

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
  void disabledInstancesAreAbsentAndTemporarilyDisabledOnesArePresent() {
    daemon.with(
        Samples.online("svc:/t/on:default"),
        Samples.of("svc:/t/off:default").state("disabled").enabled(Samples.DISABLED).record(),
        Samples.of("svc:/t/temporary:default")
            .state("disabled")
            .enabled(new EnabledRecord(true, "false", ""))
            .record());
    assertThat(shell.run("svcs"))
        .isEqualTo(
            new Shell.Result(
                0,
                """
                STATE          STIME    FMRI
                disabled       11:00:00 svc:/t/temporary:default
                online         11:00:00 svc:/t/on:default
                """,
                ""));
    assertThat(shell.run("svcs -a").out()).contains("svc:/t/off:default");
  }

  @Test
  void aDaemonThatSendsRecordsInsteadOfTheTableIsAsGood() {
    daemon.with(
        Samples.of("svc:/t/mnt:default").state("maintenance").record(),
        Samples.of("svc:/t/off:default").state("offline", "online").record(),
        Samples.of("svc:/t/old:default").since("2024-03-09T08:05:09Z").record(),
        Samples.online("svc:/t/a:default"),
        Samples.online("svc:/t/\u00fcber:default"));
    List<String> lines = List.of("svcs", "svcs -a", "svcs -H", "svcs t/* nosuch", "svcs -H nosuch");
    List<Shell.Result> tables = results(lines);
    shell.withoutTables();
    assertThat(results(lines)).isEqualTo(tables);
    shell.withTables().onTerminal();
    List<Shell.Result> colours = results(lines);
    assertThat(colours).isNotEqualTo(tables);
    shell.withoutTables();
    assertThat(results(lines)).isEqualTo(colours);
  }

  private List<Shell.Result> results(List<String> lines) {
    List<Shell.Result> results = new ArrayList<>();
    for (String line : lines) {
      results.add(shell.run(line));
    }
    return results;
  }

  @Test
  void theMostInterestingStateComesLastThenTimeThenFmri() {
    daemon.with(
        Samples.of("svc:/t/un:default").state("uninitialized").record(),
        Samples.of("svc:/t/mnt:default").state("maintenance").record(),
        Samples.of("svc:/t/off:default").state("offline").record(),
        Samples.of("svc:/t/dgd:default").state("degraded").record(),
        Samples.online("svc:/t/b:default"),
        Samples.online("svc:/t/a:default"),
        Samples.of("svc:/t/early:default").since("2026-03-10T08:05:09Z").record(),
        Samples.of("svc:/t/dis:default").state("disabled").record(),
        Samples.of("lrc:/etc/rc3_d/S42x").state("legacy_run").record());
    assertThat(shell.run("svcs").out())
        .isEqualTo(
            """
            STATE          STIME    FMRI
            legacy_run     11:00:00 lrc:/etc/rc3_d/S42x
            disabled       11:00:00 svc:/t/dis:default
            online          8:05:09 svc:/t/early:default
            online         11:00:00 svc:/t/a:default
            online         11:00:00 svc:/t/b:default
            degraded       11:00:00 svc:/t/dgd:default
            offline        11:00:00 svc:/t/off:default
            maintenance    11:00:00 svc:/t/mnt:default
            uninitialized  11:00:00 svc:/t/un:default
            """);
  }

  @Test
  void aTransitionIsAStarOrTheNextStatesColumn() {
    daemon.with(Samples.of("svc:/t/a:default").state("offline", "online").contracts(7L).record());
    assertThat(shell.run("svcs").out()).contains("\noffline*       11:00:00 svc:/t/a:default\n");
    assertThat(shell.run("svcs -v").out())
        .isEqualTo(
            """
            STATE          NSTATE        STIME      CTID FMRI
            offline        online        11:00:00      7 svc:/t/a:default
            """);
  }

  @Test
  void columnsAreChosenWithoutHeader() {
    daemon.with(Samples.of("svc:/t/a:default").state("offline", "online").record());
    assertThat(shell.run("svcs -H -o fmri,sta,nsta t/a").out())
        .isEqualTo("svc:/t/a:default                                   OFF  ON\n");
  }

  @ParameterizedTest
  @CsvSource({
    "ctid, '    7*'", "desc, a b", "fmri, svc:/t/a:x", "inst, x", "n, 1", "nsta, ON",
    "nstate, online", "s, 0*", "scope, localhost", "sn, 01", "svc, t/a", "sta, OFF*",
    "state, offline*", "stime, Mar_08", "zone, global"
  })
  void everyColumnShowsItsValue(String column, String value) {
    daemon.with(
        Samples.of("svc:/t/a:x")
            .state("offline", "online")
            .contracts(7L, 8L)
            .name("a\nb")
            .since("2026-03-08T00:00:00Z")
            .record());
    assertThat(shell.run("svcs -Ho " + column).out()).isEqualTo(value + "\n");
  }

  @Test
  void anUnknownColumnIsNamedAndTheNearestSuggested() {
    assertThat(shell.run("svcs -o nosuch"))
        .isEqualTo(new Shell.Result(1, "", "svcs: Unknown column \"nosuch\".\n"));
    assertThat(shell.run("svcs -o sttae").err()).contains("Did you mean STATE?");
    assertThat(shell.run("svcs -s nosuch").err())
        .isEqualTo("svcs: Unrecognized sort column \"nosuch\".\n");
  }

  @Test
  void sortKeysCountInTheOrderGiven() {
    daemon.with(
        Samples.of("svc:/t/a:default").state("online").contracts(1L).record(),
        Samples.of("svc:/t/b:default").state("offline").record(),
        Samples.of("svc:/t/c:default").state("online").contracts(30L).record());
    assertThat(shell.run("svcs -H -o svc -S state -s ctid").out()).isEqualTo("t/b\nt/a\nt/c\n");
    assertThat(shell.run("svcs -H -o svc -S ctid").out()).isEqualTo("t/c\nt/a\nt/b\n");
  }

  @Test
  void operandsThatMatchNothingAreNamedAndTheOthersListed() {
    daemon.with(Samples.online("svc:/network/smtp:sendmail"));
    Shell.Result result = shell.run("svcs smtp mail");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("svc:/network/smtp:sendmail");
    assertThat(result.err()).startsWith("svcs: Pattern 'mail' doesn't match any instances\n");
    assertThat(shell.run("svcs sendmial").err())
        .contains("svcs: Did you mean svc:/network/smtp:sendmail?");
  }

  @Test
  void allIsIgnoredWithOperands() {
    daemon.with(Samples.online("svc:/t/a:default"), Samples.online("svc:/t/b:default"));
    Shell.Result result = shell.run("svcs -a a");
    assertThat(result.err()).isEqualTo("svcs: -a ignored when used with arguments.\n");
    assertThat(result.out()).contains("t/a").doesNotContain("t/b");
    assertThat(result.status()).isZero();
  }

  @Test
  void dependenciesLeaveOutExclusionsFilesAndWhatIsAbsent() {
    daemon.with(
        Samples.of("svc:/t/a:default")
            .depends("require_all", "none", "svc:/t/b", "svc:/t/none")
            .depends("exclude_all", "none", "svc:/t/c:default")
            .depends("require_all", "none", "file://localhost/etc/passwd")
            .record(),
        Samples.online("svc:/t/b:x"),
        Samples.online("svc:/t/b:y"),
        Samples.online("svc:/t/c:default"));
    assertThat(shell.run("svcs -H -o fmri -d a").out()).isEqualTo("svc:/t/b:x\nsvc:/t/b:y\n");
    assertThat(shell.run("svcs -d nosuch").status()).isEqualTo(1);
  }

  @Test
  void dependentsOfAnInstanceNameItOrItsServiceAndThoseOfAServiceNameTheService() {
    daemon.with(
        Samples.online("svc:/t/b:inst"),
        Samples.of("svc:/t/one:default").depends("require_all", "none", "svc:/t/b:inst").record(),
        Samples.of("svc:/t/two:default").depends("optional_all", "none", "svc:/t/b").record());
    assertThat(shell.run("svcs -H -o fmri -D t/b:inst").out())
        .isEqualTo("svc:/t/one:default\nsvc:/t/two:default\n");
    assertThat(shell.run("svcs -H -o fmri -D svc:/t/b").out()).isEqualTo("svc:/t/two:default\n");
    assertThat(shell.run("svcs -D nosuch").err())
        .contains("Pattern 'nosuch' doesn't match any instances or services");
  }

  @Test
  void everythingAboutAnInstanceStandsInSmfsOrder() {
    daemon.with(
        Samples.of("svc:/t/a:default")
            .name("an example")
            .enabled(new EnabledRecord(false, "true", ""))
            .since("2006-02-13T17:56:21Z")
            .logfile("/r/log/t-a:default.log")
            .contracts(12L)
            .depends("require_all", "restart", "svc:/t/B=online")
            .depends("optional_all", "none", "svc:/t/none=absent", "svc:/t/many=multiple")
            .depends("", "", "file://localhost/x=unknown")
            .processes(new ProcessRecord(42, 0, "a", "a -b c"))
            .record());
    assertThat(shell.run("svcs -lp a").out())
        .isEqualTo(
            """
            fmri         svc:/t/a:default
            name         an example
            enabled      true (temporary)
            state        online
            next_state   none
            state_time   Mon Feb 13 17:56:21 2006
            logfile      /r/log/t-a:default.log
            restarter    svc:/system/svc/restarter:default
            contract_id  12\s
            dependency   require_all/restart svc:/t/B (online)  [d0]
            dependency   optional_all/none svc:/t/none (absent) svc:/t/many (multiple)  [d1]
            dependency   ?/? file://localhost/x (unknown)  [d2]
            process      42 a -b c
            """);
  }

  @Test
  void blocksAreSeparatedByABlankLine() {
    daemon.with(Samples.online("svc:/t/a:default"), Samples.online("svc:/t/b:default"));
    assertThat(shell.run("svcs -l *").out()).contains("\n\nfmri         svc:/t/b:default\n");
  }

  @Test
  void processesStandBelowTheirInstance() {
    daemon.with(
        Samples.of("svc:/t/a:default")
            .processes(
                new ProcessRecord(
                    100939,
                    Instant.parse("2026-03-10T10:25:15Z").toEpochMilli(),
                    "sendmail",
                    "sendmail"))
            .record());
    assertThat(shell.run("svcs -Hp a").out())
        .isEqualTo(
            """
            online         11:00:00 svc:/t/a:default
                           10:25:15   100939 sendmail
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "svcs -l",
        "svcs -d",
        "svcs -D",
        "svcs -x -p",
        "svcs -l -H a",
        "svcs -x -o fmri",
        "svcs -d -a a",
        "svcs -D -s fmri a",
        "svcs -d -D a",
        "svcs -l -x a",
        "svcs -q",
        "svcs -o",
        "svcs -x -R svc:/a:b"
      })
  void wrongUsageExitsWithTwo(String line) {
    Shell.Result result = shell.run(line);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("svcs: ").contains("Usage: svcs [-aHpv]");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void logFilesAreListed() {
    daemon.with(
        Samples.of("svc:/t/a:default").logfile("/r/log/a.log").record(),
        Samples.online("svc:/t/b:default"));
    assertThat(shell.run("svcs -L").out()).isEqualTo("/r/log/a.log\n");
  }

  @Test
  void instancesOfARestarterAreSelected() {
    daemon.with(
        Samples.of("svc:/t/a:default")
            .restarter("svc:/site/supervisord:default")
            .enabled(Samples.DISABLED)
            .record(),
        Samples.online("svc:/t/b:default"));
    assertThat(shell.run("svcs -H -o fmri -R site/supervisord:default").out())
        .isEqualTo("svc:/t/a:default\n");
    assertThat(shell.run("svcs -R site/supervisord").err())
        .isEqualTo("svcs: Restarter FMRI \"site/supervisord\" does not designate an instance.\n");
    assertThat(shell.run("svcs -R svc:").err())
        .isEqualTo("svcs: Restarter FMRI \"svc:\" is invalid.\n");
  }

  @Test
  void oldStatesShowTheDayAndVeryOldOnesTheYear() {
    daemon.with(
        Samples.of("svc:/t/a:default").since("2026-02-03T00:00:00Z").record(),
        Samples.of("svc:/t/b:default").since("2019-02-03T00:00:00Z").record());
    assertThat(shell.run("svcs -H").out())
        .isEqualTo(
            "online         2019     svc:/t/b:default\nonline         Feb_03   svc:/t/a:default\n");
  }

  @Test
  void jsonIsOneDocumentWithEveryField() {
    daemon.with(Samples.online("svc:/t/a:default"));
    assertThat(shell.run("svcs --json").out())
        .startsWith(
            "{\"instances\":[{\"fmri\":\"svc:/t/a:default\",\"state\":\"online\",\"next\":\"\"")
        .endsWith("]}\n");
  }

  @Test
  void theTreeShowsWhatEachInstanceDependsOn() {
    daemon.with(
        Samples.of("svc:/t/web:default")
            .depends("require_all", "none", "svc:/t/db", "svc:/t/gone:default=absent")
            .depends("optional_all", "none", "svc:/t/cache:default")
            .record(),
        Samples.of("svc:/t/db:default").depends("require_all", "none", "svc:/t/disk").record(),
        Samples.of("svc:/t/cache:default")
            .state("offline", "online")
            .depends("require_all", "none", "svc:/t/db")
            .record(),
        Samples.online("svc:/t/disk:default"));
    assertThat(shell.run("svcs -t").out())
        .isEqualTo(
            """
            svc:/t/web:default  online
            ├─ svc:/t/db:default  online
            │  └─ svc:/t/disk:default  online
            ├─ svc:/t/gone:default  absent
            └─ (optional) svc:/t/cache:default  offline*
               └─ svc:/t/db:default  online  …
            """);
    assertThat(shell.run("svcs -t db").out()).startsWith("svc:/t/db:default").hasLineCount(2);
  }

  @Test
  void watchingShowsTheListThenEachChange() {
    daemon.answering(request ->
        List.of(
            Samples.online("svc:/t/a:default"),
            new NoteRecord("now", false),
            new TransitionRecord(
                "svc:/t/a:default",
                "online",
                "offline",
                "",
                "restart_request",
                "",
                "",
                "",
                Shell.NOW.toEpochMilli(),
                1),
            Outcome.OK));
    assertThat(shell.run("svcs -w").out())
        .isEqualTo(
            """
            STATE          STIME    FMRI
            online         11:00:00 svc:/t/a:default
            offline        12:00:00 svc:/t/a:default
            """);
  }

  @Test
  void colourIsOnlyForTerminalsAndNoColorForbidsIt() {
    daemon.with(Samples.of("svc:/t/a:default").state("maintenance").record());
    assertThat(shell.run("svcs").out()).doesNotContain("\u001b");
    assertThat(shell.onTerminal().run("svcs").out())
        .contains("\u001b[1;31mmaintenance\u001b[0m    11:00:00 svc:/t/a:default");
    assertThat(shell.environment("NO_COLOR", "1").run("svcs").out()).doesNotContain("\u001b");
  }

  @Test
  void anUnreachableDaemonIsNamedWithTheCommandThatStartsIt() throws IOException {
    daemon.close();
    Shell.Result result = new Shell(root.resolve("nowhere")).run("svcs");
    assertThat(result.status()).isEqualTo(111);
    assertThat(result.err())
        .isEqualTo(
            "svcs: cannot reach svc.startd at "
                + root.resolve("nowhere/run/control.sock")
                + ": it does not exist\nsvcs: start it with: svc.startd --root "
                + root.resolve("nowhere")
                + "\n");
  }

  @Test
  void helpGoesToStandardOutput() {
    Shell.Result result = shell.run("svcs -?");
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("-x").contains("explain what does not run");
    assertThat(result.err()).isEmpty();
  }
}
