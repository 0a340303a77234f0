package bespoke.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `svcgraph simulate` as a team uses it.
class SimulateTest {
  private static final String MANIFEST =
      """
      service: site/db
      enabled: true
      methods: {start: {exec: x, timeout_seconds: 10}}
      ---
      service: site/web
      enabled: true
      dependencies:
        database: {grouping: require_all, restart_on: error, services: [site/db]}
        license: {grouping: require_all, restart_on: refresh, paths: [/etc/license]}
      methods: {start: {exec: x, timeout_seconds: 10}, refresh: {exec: y, timeout_seconds: 5}}
      ---
      service: tier/batch/report
      enabled: true
      requires: [site/web]
      methods:
        start: {exec: x, timeout_seconds: 10}
        monitor: {exec: m, interval_seconds: 5, failures: 2}
      """;

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectory(directory.resolve("m"));
    Files.writeString(directory.resolve("m/all.yaml"), MANIFEST);
  }

  private int run(String scenario, String... more) throws IOException {
    Path file = directory.resolve("s.yaml");
    Files.writeString(file, "scenario: x\nfiles: [/etc/license]\n" + scenario);
    List<String> arguments = new java.util.ArrayList<>();
    arguments.addAll(List.of("--manifests", directory.resolve("m").toString()));
    arguments.addAll(List.of("--scenario", file.toString()));
    arguments.addAll(List.of(more));
    return simulate(arguments);
  }

  private int simulate(List<String> arguments) {
    out.reset();
    err.reset();
    try (PrintStream o = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream e = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      return new SimulateMain(o, e).run(arguments);
    }
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Path top() {
    Path top = Path.of("").toAbsolutePath();
    return Files.isDirectory(top.resolve("services.d")) ? top : top.resolveSibling("");
  }

  @Test
  void theDemonstrationStackKeepsItsPromises() {
    Path top = top();
    int status =
        simulate(
            List.of(
                "--manifests",
                top.resolve("services.d").toString(),
                "--scenario",
                top.resolve("docs/scenarios/demo.yaml").toString()));
    assertThat(out()).doesNotContain("FAIL");
    assertThat(status).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fails: site/db | state: {site/db: online, site/web: online}",
        "fails: site/db | restarted: [site/db, site/web]",
        "fails: site/db | reaches: {service: site/web, state: online, within_transitions: 2}",
        "boot: true | order: [site/db, site/web, tier/batch/report]",
        "restart: site/db | not_restarted: site/web",
        "disable: site/web | state: {site/web: disabled, tier/batch/report: online}",
        "file_changes: /etc/license | refreshed: site/web",
        "file_vanishes: /etc/license | state: {site/web: online}",
        "milestone: site/db | state: {site/db: online, site/web: disabled}",
        "wait: settled | never: {'*': [maintenance, degraded]}",
        "refresh: site/web | refreshed: site/web",
        "boot: true | settles_within_seconds: 3",
      })
  void whatHoldsExitsWithZero(String action, String expectation) throws IOException {
    int status = run("steps:\n  - " + action + "\n    expect: {" + expectation + "}\n");
    assertThat(out()).contains("ok    x");
    assertThat(status).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fails: site/db | not_restarted: site/web | it went offline",
        "fails: site/db | never: {site/web: offline} | offline after",
        "restart: site/db | restarted: site/web | it was not stopped",
        "boot: true | order: [site/web, site/db] | the other way round",
        "disable: site/db | state: {site/db: online} | disabled",
        "fails: site/db | reaches: {service: site/web, state: online, within_seconds: 1} | after 2",
        "boot: true | settles_within_seconds: 2 | settled after 3.0 s",
        "wait: settled | refreshed: site/web | did not run",
      })
  void whatDoesNotHoldExitsWithOneAndSaysWhy(String action, String expectation, String got)
      throws IOException {
    assertThat(run("steps:\n  - " + action + "\n    expect: {" + expectation + "}\n")).isOne();
    assertThat(out()).contains("FAIL  x", "expected  svc:/".substring(0, 8), got, "s.yaml:");
  }

  @Test
  void aFailureShowsTheCausalChain() throws IOException {
    String scenario =
        """
        steps:
          - method: {service: site/db, method: start, exits: 95}
          - fails: site/db
            expect: {state: {site/web: online}}
        """;
    assertThat(run(scenario)).isOne();
    assertThat(out())
        .contains("step 2, fails site/db", "expected  svc:/site/web:default is online at the end")
        .contains("got       offline", "site/db:default is maintenance")
        .contains("svc:/site/web:default online -> offline")
        .contains("svc:/site/db:default online -> offline");
  }

  @Test
  void aStartThatTimesOutOnceIsTriedAgain() throws IOException {
    String scenario =
        """
        steps:
          - method: {service: site/db, method: start, times_out: true, times: 1}
          - restart: site/db
            expect:
              reaches: {service: site/db, state: online, within_seconds: 20}
              never: {site/db: maintenance}
        """;
    run(scenario, "-v");
    assertThat(out()).contains("svc:/site/db:default reaches online within 20.0 s");
  }

  @Test
  void aMonitorMethodThatFailsMakesDegradedAndGoodAnswersMakeOnline() throws IOException {
    String scenario =
        """
        steps:
          - method: {service: tier/batch/report, method: monitor, exits: 1, times: 3}
          - wait: settled
            for_seconds: 12
            expect: {state: {tier/batch/report: degraded}}
          - wait: settled
            for_seconds: 30
            expect: {state: {tier/batch/report: online}}
        """;
    assertThat(run(scenario)).as(out()).isZero();
  }

  @Test
  void claimsAboutTheGraphNameThePath() throws IOException {
    String scenario =
        """
        graph:
          - no_cycles: true
          - requires: {service: tier/batch/report, on: site/db}
          - does_not_require: {service: "svc:/tier/*", on: site/db}
          - does_not_require: {service: site/web, on: "svc:/tier/*"}
          - impact_at_most: {of: site/db, instances: 0}
          - no_single_point_of_failure: {takes_down_at_most: 0, except: site/db}
        """;
    assertThat(run("steps: [{boot: true}]\n" + scenario, "-v")).isOne();
    assertThat(out())
        .contains("ok    graph: no cycle of dependencies")
        .contains("ok    graph: svc:/tier/batch/report:default requires svc:/site/db:default")
        .contains("got       svc:/tier/batch/report:default requires svc:/site/db:default")
        .contains("svc:/site/web:default depends on svc:/site/db")
        .contains("got       1 other");
  }

  @Test
  void theSameSeedGivesTheSameOutputAndEveryRunItsOwn() throws IOException {
    String scenario =
        """
        jitter_percent: 50
        steps: [{fails: site/db, expect: {state: {site/web: online}}}]
        """;
    run(scenario, "--runs", "3", "--seed", "5");
    String once = out();
    run(scenario, "--runs", "3", "--seed", "5");
    assertThat(out()).isEqualTo(once).contains("(seed 5", "(seed 6", "(seed 7");
    assertThat(once.lines().map(line -> line.replaceAll(".*expectations, ", "")).distinct())
        .hasSizeGreaterThan(2);
  }

  @Test
  void anOperandThatMatchesNothingIsLocatedWithASuggestion() throws IOException {
    String scenario = "steps:\n  - fails: site/dbb\n    expect: {state: {site/wbe: online}}\n";
    assertThat(run(scenario)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("s.yaml:4:12: cannot find an instance that matches \"site/dbb\"", "site/db\"?")
        .contains("site/web\"?");
  }

  @ParameterizedTest
  @CsvSource({"--scenario x", "--manifests x", "--manifests x --scenario", "--bogus", "x"})
  void wrongUsageExitsWithTwo(String arguments) {
    assertThat(simulate(List.of(arguments.split(" ")))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage: svcgraph simulate");
  }

  @Test
  void jsonHasEveryExpectation() throws IOException {
    String scenario = "steps: [{fails: site/db, expect: {not_restarted: site/web}}]\n";
    assertThat(run(scenario, "--json")).isOne();
    JsonObject check =
        JsonObject.parse(out().getBytes(StandardCharsets.UTF_8)).objects("checks").getFirst();
    assertThat(check.flag("holds")).isFalse();
    assertThat(check.text("got")).isEqualTo("it went offline");
    assertThat(check.texts("because")).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void whatADelegatedRestarterRunsStartsFailsAndStopsWithIt() throws IOException {
    Files.writeString(
        directory.resolve("m/all.yaml"),
        """
        service: site/runner
        enabled: true
        methods: {start: {exec: x, timeout_seconds: 10}}
        ---
        service: site/job
        enabled: true
        restarter: svc:/site/runner:default
        methods: {start: {exec: ":true"}}
        """);
    int status =
        run(
            """
            steps:
              - boot: true
                expect:
                  state: {site/job: online}
                  order: [site/runner, site/job]
              - fails: site/job
                expect: {restarted: site/job, not_restarted: site/runner}
              - fails: site/runner
                expect: {state: {site/job: online}}
              - disable: site/runner
                expect: {state: {site/job: offline}}
              - enable: site/runner
                expect: {state: {site/job: online}}
              - method: {service: site/job, method: start, exits: 95}
              - restart: site/job
                expect: {state: {site/job: maintenance}}
              - disable: site/job
                expect: {state: {site/job: disabled}}
            """);
    assertThat(out()).doesNotContain("FAIL");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(status).isZero();
  }
}
