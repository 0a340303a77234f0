package bespoke.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatcherTest {
  private record Seen(boolean exists, boolean changed) {}

  private static final Seen ABSENT = new Seen(false, false);
  private static final Seen PRESENT = new Seen(true, false);
  private static final Seen APPEARED = new Seen(true, true);
  private static final Seen CHANGED = new Seen(true, true);
  private static final Seen VANISHED = new Seen(false, true);

  @TempDir Path directory = Path.of("/nonexistent");
  private final Poller poller = new Poller();
  private final FileWatcher watcher = new FileWatcher(poller);
  private final Observed<Seen> seen = new Observed<>();

  @AfterEach
  void close() {
    watcher.close();
    poller.close();
  }

  private void watch(Path file, Seen first) throws Exception {
    watcher.watch(file, (_, exists, changed) -> seen.add(new Seen(exists, changed)));
    assertThat(seen.awaitCount(1)).containsExactly(first);
  }

  private void awaitLast(Seen last) throws Exception {
    seen.await(all -> all.size() > 1 && all.getLast().equals(last));
  }

  @Test
  void aFileThatIsThereIsSaidToBeThereAndItsChangeIsTold() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "one");
    watch(file, PRESENT);
    Files.writeString(file, "another");
    awaitLast(CHANGED);
  }

  @Test
  void aFileThatAppearsIsToldAndItsVanishingToo() throws Exception {
    Path file = directory.resolve("file");
    watch(file, ABSENT);
    Files.writeString(file, "here");
    awaitLast(APPEARED);
    Files.delete(file);
    awaitLast(VANISHED);
  }

  @Test
  void parentsMayComeLaterAndGoAndComeAgain() throws Exception {
    Path file = directory.resolve("a/b/c/file");
    watch(file, ABSENT);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "here");
    awaitLast(APPEARED);
    Files.move(directory.resolve("a"), directory.resolve("elsewhere"));
    awaitLast(VANISHED);
    Files.move(directory.resolve("elsewhere"), directory.resolve("a"));
    awaitLast(APPEARED);
  }

  @Test
  void aWholeTreeThatIsMovedInIsSeen() throws Exception {
    Path prepared = Files.createDirectories(directory.resolve("prepared/b"));
    Files.writeString(prepared.resolve("file"), "here");
    watch(directory.resolve("a/b/file"), ABSENT);
    Files.move(directory.resolve("prepared"), directory.resolve("a"));
    awaitLast(APPEARED);
  }

  @Test
  void renamingOverAFileIsAChangeAsEditorsMakeIt() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "one");
    watch(file, PRESENT);
    Path next = Files.writeString(directory.resolve("file.new"), "two");
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    awaitLast(CHANGED);
    Files.writeString(file, "three");
    seen.await(all -> all.size() >= 3);
  }

  @Test
  void exchangingASymbolicLinkOnTheWayIsAChange() throws Exception {
    Files.writeString(Files.createDirectory(directory.resolve("v1")).resolve("file"), "one");
    Files.writeString(Files.createDirectory(directory.resolve("v2")).resolve("file"), "two");
    Files.createSymbolicLink(directory.resolve("current"), Path.of("v1"));
    watch(directory.resolve("current/file"), PRESENT);
    Files.createSymbolicLink(directory.resolve("next"), Path.of("v2"));
    Files.move(
        directory.resolve("next"),
        directory.resolve("current"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    awaitLast(CHANGED);
  }

  @Test
  void whatHappensBesideTheFileIsNotTold() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "one");
    watch(file, PRESENT);
    Files.writeString(directory.resolve("other"), "noise");
    Files.writeString(file, "changed");
    awaitLast(CHANGED);
    assertThat(seen.all()).doesNotContain(VANISHED);
  }

  @Test
  void aFileThatIsNotWatchedAnyMoreIsNotTold() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "one");
    Path other = directory.resolve("other");
    watch(file, PRESENT);
    watcher.unwatch(file);
    Observed<Boolean> others = new Observed<>();
    watcher.watch(other, (_, exists, _) -> others.add(exists));
    Files.writeString(file, "changed");
    Files.writeString(other, "here");
    others.await(all -> all.contains(true));
    assertThat(seen.all()).containsExactly(PRESENT);
  }
}
