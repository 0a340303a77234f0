package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ContractRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.Outcome;
import bespoke.api.ProcessRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CtstatTest {

  @TempDir Path root;

  @Test
  void contractsAreListedWithTheirMembersWhenVerbose() throws IOException {
    try (FakeDaemon daemon = new FakeDaemon(root)) {
      daemon.answering(request ->
          List.of(
              new ContractRecord(
                  62,
                  "svc:/t/a:default",
                  "owned",
                  100,
                  "cgroup",
                  List.of(new ProcessRecord(7, 0, "a", "a"), new ProcessRecord(8, 0, "b", "b"))),
              Outcome.OK));
      Shell shell = new Shell(root);
      assertThat(shell.run("ctstat -v -i 62,63").out())
          .isEqualTo(
              """
              CTID    ZONEID  TYPE    STATE   HOLDER  EVENTS  QTIME   NTIME
              62      0       process owned   100     0       -       -
              \tmember processes:   7 8
              \tservice fmri:       svc:/t/a:default
              \tback end:           cgroup
              """);
      assertThat(daemon.requests())
          .containsExactly(new InstanceRequest.Contracts(List.of(62L, 63L)));
      assertThat(shell.run("ctstat -i x").status()).isEqualTo(2);
      assertThat(shell.run("ctstat -t job").status()).isEqualTo(2);
    }
  }
}
