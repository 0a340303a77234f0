package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.CauseRecord;
import bespoke.api.Outcome;
import bespoke.api.TransitionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SvcsHistoryTest {

  @TempDir Path root;
  private FakeDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon(root);
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  @Test
  void theChainOfCausesIsDeeperWithEachStepAndNamesThePerson() {
    long now = Shell.NOW.toEpochMilli();
    daemon.answering(request ->
        List.of(
            new CauseRecord(3, "svc:/t/a:default", "is offline.", "", now),
            new CauseRecord(2, "svc:/t/b:default", "was disabled.", "ann (uid 7)", now),
            new CauseRecord(0, "", "nothing older is kept.", "", 0),
            Outcome.OK));
    assertThat(new Shell(root).run("svcs why a").out())
        .isEqualTo(
            """
            Tue Mar 10 12:00:00 2026  svc:/t/a:default is offline.
            Tue Mar 10 12:00:00 2026    because: svc:/t/b:default was disabled. (by ann (uid 7))
                                          because: nothing older is kept.
            """);
  }

  @Test
  void nothingRecordedIsSaid() {
    assertThat(new Shell(root).run("svcs why a"))
        .isEqualTo(new Shell.Result(1, "", "svcs: nothing is recorded about a\n"));
    assertThat(new Shell(root).run("svcs why").status()).isEqualTo(2);
  }

  @Test
  void historyIsALineAStep() {
    daemon.answering(request ->
        List.of(
            new TransitionRecord(
                "svc:/t/a:default",
                "offline",
                "offline",
                "online",
                "dependencies_satisfied",
                "svc:/t/b:default",
                "",
                "",
                Shell.NOW.toEpochMilli(),
                4),
            Outcome.OK));
    assertThat(new Shell(root).run("svcs history a").out())
        .isEqualTo(
            "Tue Mar 10 12:00:00 2026  svc:/t/a:default  offline -> offline (towards online)"
                + "  dependencies_satisfied, because of svc:/t/b:default\n");
  }
}
