package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.CauseRecord;
import bespoke.api.EnabledRecord;
import bespoke.api.InstanceDetail;
import bespoke.api.InstanceRecord;
import bespoke.api.Outcome;
import bespoke.api.TransitionRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
  void historySinceAMomentAsksForThatMoment() {
    List<String> asked = new ArrayList<>();
    daemon.answering(request -> {
      asked.add(new String(request.toLine(), StandardCharsets.UTF_8));
      return List.of(Outcome.OK);
    });
    assertThat(new Shell(root).run("svcs history --since 1h a").status()).isZero();
    assertThat(asked.getFirst())
        .contains("\"since\":" + Shell.NOW.minusSeconds(3600).toEpochMilli());
    assertThat(new Shell(root).run("svcs history --since soon a").err())
        .contains("--since needs a time such as");
    assertThat(new Shell(root).run("svcs --since 1h a").status()).isEqualTo(2);
  }

  @Test
  void theStatesOfAMomentAreATableWithoutWhatWasDisabled() {
    daemon.answering(
        request -> List.of(then("a", "online", 60), then("b", "disabled", 0), Outcome.OK));
    assertThat(new Shell(root).run("svcs --at 11:59").out())
        .isEqualTo(
            """
            STATE          STIME    FMRI
            online         11:59:00 svc:/t/a:default
            """);
    assertThat(new Shell(root).run("svcs -Ha --at 11:59").out())
        .contains("disabled       -        svc:/t/b:default");
    assertThat(new Shell(root).run("svcs -p --at 11:59").status()).isEqualTo(2);
    assertThat(new Shell(root).run("svcs -x --at 11:59").status()).isEqualTo(2);
  }

  private static InstanceRecord then(String name, String state, int secondsAgo) {
    return new InstanceRecord(
        "svc:/t/" + name + ":default",
        state,
        "",
        secondsAgo == 0 ? 0 : Shell.NOW.minusSeconds(secondsAgo).toEpochMilli(),
        EnabledRecord.NEVER,
        List.of(),
        "",
        InstanceDetail.NONE);
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
