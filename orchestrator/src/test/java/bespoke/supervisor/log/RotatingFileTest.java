package bespoke.supervisor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
  @TempDir Path directory;

  private long nanos;

  private RotatingFile open(Path path) {
    return new RotatingFile(path, 0, 0, () -> nanos);
  }

  private void write(RotatingFile file, String text) {
    nanos += 1_000_000_000;
    file.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFileThatWasRemovedOrMovedAwayIsMadeAnew() throws IOException {
    Path path = directory.resolve("log");
    try (RotatingFile file = open(path)) {
      write(file, "1");
      Files.delete(path);
      write(file, "2");
      assertThat(path).hasContent("2");
      Files.move(path, directory.resolve("moved"));
      write(file, "3");
    }
    assertThat(path).hasContent("3");
    assertThat(directory.resolve("moved")).hasContent("2");
  }

  @Test
  void whatIsNoRegularFileIsNeverRotated() {
    try (RotatingFile file = new RotatingFile(Path.of("/dev/null"), 1, 3, () -> nanos)) {
      write(file, "more than one byte");
      write(file, "and more");
      assertThat(file.failure()).isEmpty();
    }
    assertThat(Path.of("/dev/null.1")).doesNotExist();
  }

  @Test
  void withoutItsDirectoryOutputIsCountedAsLostUntilThatIsBack() throws IOException {
    Path place = Files.createDirectory(directory.resolve("logs"));
    Path path = place.resolve("log");
    try (RotatingFile file = open(path)) {
      write(file, "1");
      Files.delete(path);
      Files.delete(place);
      write(file, "22");
      assertThat(file.failure()).hasValueSatisfying(why -> assertThat(why).contains("log"));
      assertThat(file.lostBytes()).isEqualTo(2);

      Files.createDirectory(place);
      write(file, "3");
      assertThat(file.failure()).isEmpty();
    }
    assertThat(path).hasContent("3");
  }
}
