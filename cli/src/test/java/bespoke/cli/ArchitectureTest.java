package bespoke.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The package table of the design, as far as this module is concerned.
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("bespoke.cli");

  @Test
  void theCommandsSeeOnlyTheApiOfTheOrchestrator() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "bespoke.model..",
            "bespoke.graph..",
            "bespoke.engine..",
            "bespoke.plan..",
            "bespoke.explain..",
            "bespoke.manifest..",
            "bespoke.repository..",
            "bespoke.os..",
            "bespoke.contract..",
            "bespoke.restarter..",
            "bespoke.supervisor..",
            "bespoke.control..",
            "bespoke.daemon..")
        .check(CLASSES);
  }

  @Test
  void renderingIsPure() {
    classes()
        .that()
        .resideInAPackage("bespoke.cli.render")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "bespoke.api..",
            "bespoke.cli.render",
            "java.lang..",
            "java.util..",
            "java.time..",
            "java.io",
            "org.jgrapht..",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void theClientKnowsNothingOfCommandsOrRendering() {
    noClasses()
        .that()
        .resideInAPackage("bespoke.cli.client")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("bespoke.cli", "bespoke.cli.render", "bespoke.cli.shell", "picocli..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("bespoke.(cli..)").should().beFreeOfCycles().check(CLASSES);
  }
}
