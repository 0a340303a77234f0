package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Event.FileObserved;
import bespoke.model.FileFmri;
import bespoke.os.Poller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObservationsTest {

  @TempDir Path directory;

  private final CollectedEvents events = new CollectedEvents();
  private final Poller poller = new Poller();
  private final FileObservations files = new FileObservations(events, poller);

  @AfterEach
  void close() {
    files.close();
    poller.close();
  }

  private FileFmri file(String path) {
    return new FileFmri(directory.resolve(path).toString());
  }

  @Test
  void aFileIsReportedAtOnceAndThenWhenItChanges() throws IOException {
    FileFmri file = file("a");
    files.watch(file, 7);
    assertThat(events.awaitPosted(FileObserved.class, _ -> true, 1))
        .isEqualTo(new CollectedEvents.Posted(7, new FileObserved(file, false, false)));
    Files.writeString(directory.resolve("a"), "x");
    events.await(FileObserved.class, e -> e.exists() && e.changed());
    Files.writeString(directory.resolve("a"), "xy");
    events.awaitPosted(FileObserved.class, e -> e.exists() && e.changed(), 2);
    Files.delete(directory.resolve("a"));
    events.await(FileObserved.class, e -> !e.exists() && e.changed());
  }

  @Test
  void aFileIsNoticedWhenItsParentsComeWithIt() throws IOException {
    files.watch(file("p/q/r/a"), 1);
    events.await(FileObserved.class);
    Files.createDirectories(directory.resolve("p/q/r"));
    Files.writeString(directory.resolve("p/q/r/a"), "x");
    events.await(FileObserved.class, FileObserved::exists);
  }

  @Test
  void aFileReplacedByAnotherOfTheSameSizeHasChanged() throws IOException {
    Files.writeString(directory.resolve("a"), "x");
    files.watch(file("a"), 1);
    events.await(FileObserved.class);
    Files.writeString(directory.resolve("b"), "y");
    Files.move(
        directory.resolve("b"),
        directory.resolve("a"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    events.await(FileObserved.class, FileObserved::changed);
  }

  @Test
  void whatASymbolicLinkLeadsToIsWatchedToo() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("real"), "x");
    Path here = Files.createDirectory(directory.resolve("here"));
    Files.createSymbolicLink(here.resolve("a"), elsewhere.resolve("real"));
    files.watch(file("here/a"), 1);
    events.await(FileObserved.class);
    Files.writeString(elsewhere.resolve("real"), "xy");
    events.await(FileObserved.class, FileObserved::changed);
  }

  @Test
  void aFileThatIsOfNoInterestAnyMoreIsNotReported() throws IOException {
    files.watch(file("a"), 1);
    files.unwatch(file("a"));
    files.watch(file("b"), 2);
    Files.writeString(directory.resolve("a"), "x");
    Files.writeString(directory.resolve("b"), "x");
    events.await(FileObserved.class, FileObserved::exists);
    assertThat(events.events()).doesNotContain(new FileObserved(file("a"), true, true));
  }
}
