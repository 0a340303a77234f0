package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.DocumentRecord;
import bespoke.api.Explanation;
import bespoke.api.Outcome;
import bespoke.api.ReasonRecord;
import bespoke.api.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The blocks of `smf.md` 8.2 and V14-V22, as far as the client makes them.
class SvcsExplainTest {

  private static final long SINCE = Instant.parse("2026-03-10T09:08:07Z").toEpochMilli();

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
  void nothingWrongPrintsNothing() {
    assertThat(svcs("-x")).isEqualTo(new Shell.Result(0, "", ""));
  }

  @Test
  void theRootCauseNamesItsImpact() {
    explaining(
        new Explanation(
            "svc:/t/C:default",
            "the C",
            "disabled",
            SINCE,
            List.of(sentence("SMF-8000-05", "Disabled by an administrator.")),
            "",
            List.of(
                new DocumentRecord("c", "8", "/opt/man", ""),
                new DocumentRecord("site", "", "", "https://example.org/c")),
            List.of("/r/log/t-C:default.log"),
            2,
            List.of("svc:/t/A:default", "svc:/t/B:default")));
    assertThat(svcs("-x").out())
        .isEqualTo(
            """
            svc:/t/C:default (the C)
             State: disabled since Tue Mar 10 09:08:07 2026
            Reason: Disabled by an administrator.
               See: c(8)
               See: https://example.org/c
               See: /r/log/t-C:default.log
            Impact: 2 dependent services are not running.  (Use -v for list.)
            """);
    assertThat(svcs("-xv").out())
        .endsWith(
            """
               See: man -M /opt/man -s 8 c
               See: https://example.org/c
               See: /r/log/t-C:default.log
            Impact: 2 dependent services are not running:
                    svc:/t/A:default
                    svc:/t/B:default
            """);
  }

  @Test
  void theWayToTheRootCauseIsDrawnWhenVerbose() {
    explaining(
        new Explanation(
            "svc:/t/A:default",
            "",
            "offline",
            SINCE,
            List.of(
                new ReasonRecord(
                    "SMF-8000-GE",
                    "",
                    "svc:/t/C:default",
                    "is disabled.",
                    List.of("svc:/t/A:default", "svc:/t/B:default", "svc:/t/C:default"),
                    List.of())),
            "",
            List.of(),
            List.of(),
            0,
            List.of()));
    assertThat(svcs("-xv A").out())
        .isEqualTo(
            """
            svc:/t/A:default (?)
             State: offline since Tue Mar 10 09:08:07 2026
            Reason: Service svc:/t/C:default is disabled.
              Path: svc:/t/A:default
                      svc:/t/B:default
                        svc:/t/C:default
            Impact: This service is not running.
            """);
  }

  @Test
  void whatRunsHasNoReasonAndNoImpact() {
    explaining(block("svc:/t/A:default", "online", List.of(), 0));
    assertThat(svcs("-x A").out())
        .isEqualTo(
            """
            svc:/t/A:default (?)
             State: online since Tue Mar 10 09:08:07 2026
            Impact: None.
            """);
  }

  @Test
  void aLongReasonIsBrokenAfterTheFmri() {
    String fmri = "svc:/a/service/with/a/very/long/name/that/goes/on:default";
    String summary = "is not running because a method failed repeatedly.";
    explaining(block("svc:/t/A:default", "offline", List.of(other(fmri, summary)), 0));
    assertThat(svcs("-x A").out())
        .contains("Reason: Service " + fmri + "\n        " + summary + "\nImpact:");
    String short80 = "x".repeat(80 - "Reason: Service ".length() - " is.".length());
    explaining(block("svc:/t/A:default", "offline", List.of(other(short80, "is.")), 0));
    assertThat(svcs("-x A").out()).contains("Reason: Service " + short80 + " is.\n");
  }

  @Test
  void messageCodesAreShownWhenThereIsAPlaceToReadThem() {
    explaining(
        block("svc:/t/A:default", "offline", List.of(sentence("SMF-8000-AR", "Unknown.")), 1));
    assertThat(
            new Shell(root)
                .environment("BESPOKE_MSG_BASE", "https://example.org/msg/")
                .run("svcs -x")
                .out())
        .contains("Reason: Unknown.\n   See: https://example.org/msg/SMF-8000-AR\n")
        .contains("Impact: 1 dependent service is not running.  (Use -v for list.)\n");
  }

  @Test
  void blocksAreSeparatedByABlankLineInTheDaemonsOrder() {
    explaining(
        block("svc:/t/big:default", "maintenance", List.of(), 3),
        block("svc:/t/small:default", "maintenance", List.of(), 1));
    assertThat(svcs("-x").out()).contains("list.)\n\nsvc:/t/small:default (?)\n");
  }

  @Test
  void anUnmatchedOperandExitsWithOne() {
    daemon.answering(request -> List.of(new Outcome("", 0, List.of(), List.of("nosuch"))));
    assertThat(svcs("-x nosuch"))
        .isEqualTo(new Shell.Result(1, "", "svcs: Pattern 'nosuch' doesn't match any instances\n"));
  }

  private Shell.Result svcs(String arguments) {
    return new Shell(root).run("svcs " + arguments);
  }

  private void explaining(Explanation... explanations) {
    List<Reply> replies = new ArrayList<>(List.of(explanations));
    replies.add(Outcome.OK);
    daemon.answering(request -> replies);
  }

  private static Explanation block(
      String fmri, String state, List<ReasonRecord> reasons, int impact) {
    return new Explanation(
        fmri, "", state, SINCE, reasons, "", List.of(), List.of(), impact, List.of());
  }

  private static ReasonRecord sentence(String code, String text) {
    return new ReasonRecord(code, text, "", "", List.of(), List.of());
  }

  private static ReasonRecord other(String service, String summary) {
    return new ReasonRecord("SMF-8000-GE", "", service, summary, List.of(), List.of());
  }
}
