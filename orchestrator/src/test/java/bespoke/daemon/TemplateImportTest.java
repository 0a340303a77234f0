package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ProblemRecord;
import bespoke.model.InstanceFmri;
import bespoke.model.ServiceDescription;
import bespoke.repository.ImportOptions;
import bespoke.repository.Repository;
import bespoke.repository.RootLock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An import that violates a template of its own (conformance case C25).
class TemplateImportTest {
  private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
  private static final String MANIFEST =
      """
      <service_bundle type='manifest' name='x'>
        <service name='site/web' type='service' version='1'>
          <create_default_instance enabled='false'/>
          <property_group name='config' type='application'>
            <propval name='port' type='count' value='99999'/>
          </property_group>
          <template>
            <common_name><loctext xml:lang='C'>web</loctext></common_name>
            <pg_pattern name='config' type='application' target='this' required='true'>
              <prop_pattern name='port' type='count' required='true'>
                <constraints><range min='1' max='65535'/></constraints>
              </prop_pattern>
            </pg_pattern>
          </template>
        </service>
      </service_bundle>
      """;

  @TempDir Path root;
  private RootLock lock;
  private Repository repository;
  private ServiceImport imports;
  private List<ServiceDescription> services;

  @BeforeEach
  void open() throws Exception {
    new Layout(root).prepare();
    lock = RootLock.acquire(root);
    repository = Repository.open(lock);
    imports =
        new ServiceImport(
            repository,
            new KnownDefinitions(CompletableFuture.completedFuture(repository), (_, _) -> {}),
            _ -> List.of());
    services = SmfBundles.read("x.xml", MANIFEST).services();
  }

  @AfterEach
  void close() throws Exception {
    repository.close();
    lock.close();
  }

  @Test
  void withValidationItFailsAndChangesNothing() throws Exception {
    ServiceImport.Result result =
        imports.importServices(services, ImportOptions.DEFAULT, true, true);
    assertThat(result.report().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("config/port"))
        .extracting(ProblemRecord::severity)
        .isEqualTo("error");
    assertThat(result.imports()).isEmpty();
    assertThat(repository.instance(WEB)).isEmpty();
  }

  @Test
  void withoutValidationItWarnsAndImports() throws Exception {
    ServiceImport.Result result =
        imports.importServices(services, ImportOptions.DEFAULT, true, false);
    assertThat(result.report().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("config/port"))
        .extracting(ProblemRecord::severity)
        .isEqualTo("warning");
    assertThat(result.imports()).hasSize(1);
    assertThat(repository.instance(WEB)).isPresent();
  }
}
