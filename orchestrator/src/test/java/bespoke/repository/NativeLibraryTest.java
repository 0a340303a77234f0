package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

  private static final String PATH = "org.sqlite.lib.path";

  @TempDir private Path root;
  private String before = "";

  @BeforeEach
  void forget() {
    before = System.getProperty(PATH, "");
    System.clearProperty(PATH);
  }

  @AfterEach
  void restore() {
    if (before.isEmpty()) {
      System.clearProperty(PATH);
    } else {
      System.setProperty(PATH, before);
    }
  }

  @Test
  void theLibraryIsUnpackedOnceAndAgainWhenItIsDamaged() throws IOException {
    Path cache = root.resolve("cache");
    NativeLibrary.prepare(cache);
    assertThat(System.getProperty(PATH)).isEqualTo(cache.toString());
    Path library = cache.resolve(System.mapLibraryName("sqlitejdbc"));
    byte[] good = Files.readAllBytes(library);
    Object identity = Files.readAttributes(library, "unix:ino").get("ino");

    System.clearProperty(PATH);
    NativeLibrary.prepare(cache);
    assertThat(Files.readAttributes(library, "unix:ino").get("ino")).isEqualTo(identity);

    byte[] damaged = good.clone();
    damaged[good.length / 2] ^= 1;
    Files.write(library, damaged);
    System.clearProperty(PATH);
    NativeLibrary.prepare(cache);
    assertThat(Files.readAllBytes(library)).isEqualTo(good);
  }

  @Test
  void aDirectoryThatCannotBeUsedIsNoFailure() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "");
    NativeLibrary.prepare(file);
    assertThat(System.getProperty(PATH)).isNull();
  }
}
