package bespoke;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import bespoke.model.Fmri;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The package table of the design, held.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  /// What each package may import of ours, beside itself. `daemon` may import all and is imported
  /// by none; an entry of `engine` for packages that only need its events and decisions is narrowed
  /// below.
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("model", List.of()),
          Map.entry("graph", List.of("model")),
          Map.entry("engine", List.of("model", "graph")),
          Map.entry("change", List.of("model", "graph")),
          Map.entry("plan", List.of("model", "graph", "engine")),
          Map.entry("simulate", List.of("model", "graph", "engine", "plan", "manifest", "api")),
          Map.entry("explain", List.of("model", "graph", "engine")),
          Map.entry(
              "manifest", List.of("model", "api")), // the names of files, which commands know, too
          Map.entry("repository", List.of("model")),
          Map.entry("journal", List.of("model", "engine", "explain", "repository")),
          Map.entry("os", List.of()),
          Map.entry("contract", List.of("model", "os")),
          Map.entry("restarter", List.of("model", "engine", "contract", "os")),
          Map.entry(
              "supervisor",
              List.of(
                  "model", "contract", "os", "api", "delegate", "manifest", "terminal", "connect")),
          Map.entry("delegate", List.of("model", "api")),
          Map.entry("ondemand", List.of("model", "contract", "os", "api", "delegate", "restarter")),
          Map.entry("ctrun", List.of("model", "contract", "os")),
          Map.entry("terminal", List.of()),
          Map.entry("connect", List.of()),
          Map.entry("api", List.of()),
          Map.entry("control", List.of("api", "model", "graph", "engine", "plan", "explain")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Fmri.class.getProtectionDomain().getCodeSource().getLocation());

  static Stream<String> packages() {
    return MAY_IMPORT.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageImportsOnlyWhatTheTableAllows(String name) {
    String[] forbidden =
        Stream.concat(packages(), Stream.of("daemon", "cli"))
            .filter(other -> !other.equals(name))
            .filter(other -> !MAY_IMPORT.getOrDefault(name, List.of()).contains(other))
            .map(other -> "bespoke." + other + "..")
            .toArray(String[]::new);
    check(
        noClasses()
            .that()
            .resideInAPackage("bespoke." + name + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbidden));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("bespoke.(*)..").should().beFreeOfCycles());
  }

  @Test
  void whoMeetsTheEngineAtItsEventsSeesNothingElseOfIt() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("bespoke.restarter..", "bespoke.control..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("bespoke.engine.Engine"));
  }

  @Test
  void onlyOsMakesNativeCalls() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("bespoke.os..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign.."));
  }

  @Test
  void theDaemonNeverUsesTheJdksProcesses() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "bespoke.daemon..",
                "bespoke.restarter..",
                "bespoke.contract..",
                "bespoke.supervisor..",
                "bespoke.os..",
                "bespoke.control..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class));
  }

  @Test
  void theCoreKnowsNoClockNoFileAndNoThread() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "bespoke.model..", "bespoke.graph..", "bespoke.engine..", "bespoke.change..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, java.time.Clock.class)
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now"));
  }

  @Test
  void onlyMainsExit() {
    check(
        noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Main")
            .and()
            .doNotHaveFullyQualifiedName("bespoke.daemon.SvcStartd")
            .and()
            .doNotHaveFullyQualifiedName("bespoke.supervisor.Supervisord")
            .should()
            .callMethod(System.class, "exit", int.class));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }
}
