package bespoke.manifest.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.manifest.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The units of the machine that runs the tests, where it has any.
final class MachineUnitsTest {

  private static final Path DIRECTORY = Path.of("/usr/lib/systemd/system");

  @Test
  void allUnitsOfTheMachineAreReadAndNothingOfThemIsLost() throws IOException {
    assumeTrue(Files.exists(DIRECTORY.resolve("basic.target")), "there is no systemd here");
    List<ManifestFile> read =
        HostileUnitsTest.survives(UnitDirectory.files(List.of(DIRECTORY)), DIRECTORY.toString());
    assertThat(read.stream().flatMap(file -> file.problems().stream())).isEmpty();
    assertThat(read.stream().mapToInt(file -> file.services().size()).sum()).isGreaterThan(50);
  }
}
