package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A crash at any point leaves the old or the new state, and what was answered stays.
class CrashTest {

  private static final InstanceFmri WEB = InstanceFmri.parse("site/web");
  private static final Origin ANNA = new Origin.Administrator("anna", 1_000);
  private static final int KILLS = 5;

  @TempDir private Path directory;

  /// Changes a property for ever and tells each number that was answered. For another process.
  static final class Writer {

    private Writer() {}

    /// @param arguments the root directory
    public static void main(String[] arguments) throws IOException {
      try (RootLock lock = RootLock.acquire(Path.of(arguments[0]));
          Repository repository = Repository.open(lock)) {
        repository.messages().forEach(message -> System.out.println("message " + message));
        for (int i = number(repository) + 1; ; i++) {
          change(repository, i);
          System.out.println(i);
        }
      }
    }
  }

  private static void change(Repository repository, int number) throws IOException {
    String value = Integer.toString(number);
    if (number % 10 == 0) {
      repository.importServices(
          List.of(
              Describe.service("site/web").set("config/n", value).build(),
              Describe.service("site/extra" + number).set("config/n", value).build()),
          new ImportOptions(true, true, false, Set.of(), Set.of(), List.of()));
    } else if (number > 1) {
      repository.edit(
          List.of(new Edit.SetProperty(WEB, "config", "n", Optional.empty(), List.of(value))),
          true,
          ANNA);
    } else {
      repository.importServices(
          List.of(Describe.service("site/web").set("config/n", value).build()),
          ImportOptions.DEFAULT);
    }
  }

  private static int number(Repository repository) throws IOException {
    return Integer.parseInt(repository.editing(WEB).single("config", "n").orElse("0"));
  }

  @Test
  void aWriterThatIsKilledLosesNothingThatItAnswered() throws Exception {
    Path root = directory.resolve("root");
    for (int kill = 1; kill <= KILLS; kill++) {
      Process writer =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Writer.class.getName(),
                  root.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      int answered = 0;
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
        for (int i = 0; i < kill * 37; i++) {
          answered = Integer.parseInt(String.valueOf(lines.readLine()));
        }
        writer.toHandle().destroyForcibly(); // leaves the pipe open
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          answered = line.isEmpty() ? answered : Integer.parseInt(line);
        }
      } finally {
        writer.destroyForcibly().waitFor();
      }
      try (RootLock lock = RootLock.acquire(root);
          Repository repository = Repository.open(lock)) {
        assertThat(repository.messages()).isEmpty();
        assertThat(number(repository)).isBetween(answered, answered + 1);
        assertThat(repository.verify()).isEmpty();
        assertThat(repository.instances()).hasSize(1 + number(repository) / 10);
      }
    }
  }

  @Test
  void powerLossAtAnyByteOfTheLogLeavesTheOldOrTheNew() throws IOException {
    Path root = directory.resolve("root");
    Path store = directory.resolve("store");
    long start;
    long end;
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock)) {
      change(repository, 1);
      repository.setEnabled(Map.of(WEB, EnabledSetting.permanently(true)), ANNA);
      copy(root.resolve("repository"), store, "store.db");
      start = used(redo(root));
      change(repository, 2);
      end = used(redo(root));
    }
    byte[] log = Files.readAllBytes(redo(root));
    assertThat(end).isGreaterThan(start);
    int old = 0;
    for (long cut = start; cut <= end; cut++) {
      Path after = Files.createTempDirectory(directory, "cut");
      Files.createDirectory(after.resolve("repository"));
      copy(store, after.resolve("repository"), "store.db");
      byte[] torn = Arrays.copyOf(Arrays.copyOf(log, (int) cut), log.length);
      Files.write(after.resolve("repository").resolve(redo(root).getFileName()), torn);
      try (RootLock lock = RootLock.acquire(after);
          Repository repository = Repository.open(lock)) {
        assertThat(repository.messages()).isEmpty();
        assertThat(number(repository)).isEqualTo(cut < end ? 1 : 2);
        assertThat(repository.enabled(WEB).permanent()).contains(true);
        change(repository, 3);
        old++;
      }
    }
    assertThat(old).isGreaterThan(100);
  }

  private static Path redo(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("repository"))) {
      return files.filter(f -> f.toString().contains("redo-")).findFirst().orElseThrow();
    }
  }

  /// Bytes before the zeros at the end.
  private static long used(Path log) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    int used = bytes.length;
    while (bytes[used - 1] == 0) {
      used--;
    }
    return used;
  }

  private static void copy(Path from, Path to, String name) throws IOException {
    Files.createDirectories(to);
    for (String suffix : List.of("", "-wal")) {
      if (Files.exists(from.resolve(name + suffix))) {
        Files.copy(from.resolve(name + suffix), to.resolve(name + suffix));
      }
    }
  }
}
