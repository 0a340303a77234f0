package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.Change;
import bespoke.control.Configuration;
import bespoke.control.Configuration.EntityEdit;
import bespoke.control.States;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Origin;
import bespoke.repository.Edit;
import bespoke.repository.Repository;
import bespoke.repository.RootLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However many changes a request of `svccfg` holds, they are one synchronous write, and a mistake
/// costs only what comes after it.
class PropertyEditsTest {
  private static final InstanceFmri A = InstanceFmri.parse("t/a");
  private static final InstanceFmri B = InstanceFmri.parse("t/b");
  private static final Actor ANNA = new Actor("anna", 1000, 1000, 1, "svccfg");

  @TempDir private Path root;
  private RootLock lock;
  private Repository repository;
  private final List<String> told = new ArrayList<>();
  private PropertyEdits edits;

  @BeforeEach
  void open() throws IOException {
    lock = RootLock.acquire(root);
    repository = Repository.open(lock);
    edits =
        new PropertyEdits(repository, new Listening(), new StoppedClock(), new ConfigurationGate());
    repository.edit(List.of(new Edit.AddEntity(A), new Edit.AddEntity(B)), true, Origin.UNKNOWN);
    made(edit(A, addGroup("config")), edit(B, addGroup("config")));
  }

  @AfterEach
  void close() throws IOException {
    repository.close();
    lock.close();
  }

  /// Remembers what the engine is told.
  private final class Listening implements RepositoryConfiguration.Told {
    @Override
    public void imported(
        List<Event.InstanceImport> imports, List<InstanceFmri> removed, Actor actor) {}

    @Override
    public void enabled(InstanceFmri instance, boolean enabled, Actor actor) {
      told.add(instance + " " + enabled);
    }

    @Override
    public Optional<InstanceStatus> status(InstanceFmri instance) {
      return Optional.empty();
    }

    @Override
    public String logFile(InstanceFmri instance) {
      return "";
    }

    @Override
    public Configuration.Report reread(boolean commit, Actor actor) {
      return new Configuration.Report(List.of(), List.of());
    }

    @Override
    public RepositoryConfiguration.Told rehearsed(
        States now, Repository copy, ServiceImport imports, Consumer<Event> events) {
      return this;
    }
  }

  /// Always noon.
  private static final class StoppedClock implements EngineLoop.Clock {
    @Override
    public long epochMillis() {
      return 43_200_000;
    }

    @Override
    public long nanos() {
      return 0;
    }
  }

  private static EntityEdit edit(InstanceFmri entity, Change... changes) {
    return new EntityEdit(entity, List.of(changes));
  }

  private static Change addGroup(String name) {
    return new Change("addpg", name, "", "application", List.of(), true);
  }

  private static Change set(String property, String type, String value) {
    return new Change("setprop", "config", property, type, List.of(value), true);
  }

  private Configuration.Edited made(EntityEdit... wanted) {
    return made(List.of(wanted), true);
  }

  private Configuration.Edited made(List<EntityEdit> wanted, boolean commit) {
    try {
      return edits.edit(wanted, commit, ANNA);
    } catch (Configuration.RefusedException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<String> value(InstanceFmri entity, String property) throws IOException {
    return repository.own(entity).single("config", property);
  }

  @Test
  void aThousandChangesAreOneSynchronousWrite() throws IOException {
    List<EntityEdit> wanted = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      wanted.add(edit(i % 2 == 0 ? A : B, set("p" + i, "integer", "" + i)));
    }
    long before = repository.synchronousWrites();
    assertThat(made(wanted, true)).isEqualTo(new Configuration.Edited(1000, Optional.empty()));
    assertThat(repository.synchronousWrites() - before).isEqualTo(1);
    assertThat(value(B, "p999")).contains("999");
  }

  @Test
  void whatIsBeforeAMistakeIsMadeAndNothingAfterIt() throws IOException {
    long before = repository.synchronousWrites();
    Configuration.Edited edited =
        made(
            edit(A, set("one", "astring", "1")),
            edit(B, set("two", "astring", "2")),
            edit(A, set("three", "astring", "3"), set("four", "", "no type")),
            edit(B, set("five", "astring", "5")));
    assertThat(edited.applied()).isEqualTo(2);
    assertThat(edited.problem().orElseThrow()).contains("a new property needs its type");
    assertThat(repository.synchronousWrites() - before).isEqualTo(1);
    assertThat(value(A, "one")).contains("1");
    assertThat(value(B, "two")).contains("2");
    assertThat(value(A, "three")).isEmpty();
    assertThat(value(B, "five")).isEmpty();
  }

  @Test
  void whatCannotBeUnderstoodIsAMistakeToo() throws IOException {
    Configuration.Edited edited =
        made(edit(A, set("one", "astring", "1")), edit(A, set("two", "nonsense", "2")));
    assertThat(edited.applied()).isEqualTo(1);
    assertThat(edited.problem()).contains("Unknown type \"nonsense\".");
    assertThat(value(A, "one")).contains("1");
  }

  @Test
  void aRehearsalTellsOfMistakesAndChangesNothing() throws IOException {
    long before = repository.synchronousWrites();
    List<EntityEdit> wanted =
        List.of(edit(A, set("one", "astring", "1")), edit(A, set("two", "", "2")));
    assertThat(made(wanted, false).applied()).isEqualTo(1);
    assertThat(made(wanted, false).problem()).isPresent();
    assertThat(value(A, "one")).isEmpty();
    assertThat(repository.synchronousWrites()).isEqualTo(before);
  }

  @Test
  void onlyWhatWasMadeOfTheEnabledSettingIsTold() {
    Change enable = new Change("setprop", "general", "enabled", "boolean", List.of("true"), true);
    made(edit(A, enable), edit(A, set("two", "", "2")), edit(B, enable));
    assertThat(told).containsExactly("svc:/t/a:default true");
  }
}
