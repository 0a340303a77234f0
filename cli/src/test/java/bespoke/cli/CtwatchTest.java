package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ContractEventRecord;
import bespoke.api.ErrorKind;
import bespoke.api.InstanceRequest;
import bespoke.api.NoteRecord;
import bespoke.api.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CtwatchTest {
  private static final String WEB = "svc:/t/web:default";

  @TempDir Path root;
  private FakeDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon(root);
    daemon.answering(request ->
        List.of(
            new NoteRecord("now", false),
            new ContractEventRecord(1, 1_773_144_000_000L, 62, WEB, "fork", false, 7, 0),
            new ContractEventRecord(2, 1_773_144_000_000L, 62, WEB, "exit", false, 7, 3),
            new ContractEventRecord(3, 1_773_144_000_000L, 62, WEB, "signal", true, 8, 9),
            new ContractEventRecord(4, 1_773_144_000_000L, 62, WEB, "core", true, 9, 11),
            new ContractEventRecord(5, 1_773_144_000_000L, 62, "", "empty", true, 0, 0),
            Outcome.failed(ErrorKind.SHUTTING_DOWN, "the daemon is going down")));
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  @Test
  void eachEventIsALineInSmfsColumnsUntilTheDaemonEnds() {
    assertThat(new Shell(root).run("ctwatch"))
        .isEqualTo(
            new Shell.Result(
                1,
                """
                CTID    EVID    CRIT ACK CTTYPE  SUMMARY
                62      1       info yes process pid 7 was created
                62      2       info yes process pid 7 exited
                62      3       crit no  process pid 8 received signal 9
                62      4       crit no  process pid 9 dumped core
                62      5       crit no  process contract empty
                """,
                "ctwatch: the daemon is going down\n"));
  }

  @Test
  void moreLinesTellTimeServiceAndStatus() {
    assertThat(new Shell(root).run("ctwatch -v").out())
        .contains(
            """
            62      2       info yes process pid 7 exited
            \ttime:               Tue Mar 10 12:00:00 2026
            \tservice fmri:       svc:/t/web:default
            \texit status:        3
            """,
            "\tservice fmri:       not known\n");
  }

  @Test
  void eachEventIsAnObjectOfJsonALine() {
    String out = new Shell(root).run("ctwatch --json -f").out();
    assertThat(out.lines()).hasSize(5);
    assertThat(out.lines().skip(1).findFirst().orElseThrow())
        .isEqualTo(
            "{\"event\":2,\"at\":1773144000000,\"contract\":62,\"fmri\":\"svc:/t/web:default\","
                + "\"type\":\"exit\",\"critical\":false,\"pid\":7,\"status\":3}");
  }

  @Test
  void operandsAreContractsServicesOrTheOneTypeThatThereIs() {
    Shell shell = new Shell(root);
    shell.run("ctwatch 62 t/web 63");
    shell.run("ctwatch process 62");
    assertThat(daemon.requests())
        .containsExactly(
            new InstanceRequest.WatchContracts(List.of(62L, 63L), List.of("t/web")),
            new InstanceRequest.WatchContracts(List.of(), List.of()));
  }
}
