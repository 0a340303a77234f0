package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.ServiceDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A repository that a test opens, changes and opens again.
abstract class RepositoryFixture {

  static final Fmri SERVICE = Fmri.parse("site/web");
  static final InstanceFmri WEB = InstanceFmri.parse("site/web");
  static final Origin ANNA = new Origin.Administrator("anna", 1_000);

  @TempDir Path root;
  RootLock lock;
  Repository repository;

  @BeforeEach
  void open() throws IOException {
    lock = RootLock.acquire(root);
    repository = Repository.open(lock);
  }

  @AfterEach
  void close() throws IOException {
    repository.close();
    lock.close();
  }

  void reopen() throws IOException {
    repository.close();
    repository = Repository.open(lock);
    assertThat(repository.messages()).isEmpty();
  }

  ImportReport importing(Describe... services) throws IOException {
    List<ServiceDescription> descriptions =
        List.of(services).stream().map(Describe::build).toList();
    return repository.importServices(descriptions, ImportOptions.DEFAULT);
  }

  Optional<String> editing(String group, String property) throws IOException {
    return repository.editing(WEB).single(group, property);
  }

  Optional<String> running(String group, String property) throws IOException {
    return repository.running(WEB).single(group, property);
  }

  EditReport edit(Edit... edits) throws IOException {
    return repository.edit(List.of(edits), false, ANNA);
  }

  static Edit set(String group, String property, String value) {
    return new Edit.SetProperty(WEB, group, property, Optional.empty(), List.of(value));
  }
}
