package bespoke.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MappedFilesTest {

  @Test
  void pagesThatNobodyWroteToAreGivenBackAndComeAgainWhenTheyAreLookedAt() throws IOException {
    long before = residentKilobytes();

    long bytes = MappedFiles.giveBack();

    assertThat(bytes).isPositive();
    assertThat(residentKilobytes()).isLessThan(before);
    // whatever this needs of the JVM and its modules is read anew
    assertThat(String.format("%,d", Math.round(Math.exp(12)))).startsWith("162");
    System.gc();
  }

  /// How much of the largest library of the JVM is resident.
  private static long residentKilobytes() throws IOException {
    long sum = 0;
    boolean counts = false;
    for (String line :
        Files.readString(Path.of("/proc/self/smaps"), StandardCharsets.ISO_8859_1).split("\n")) {
      if (line.contains(" r")) {
        counts = line.endsWith("/libjvm.so");
      } else if (counts && line.startsWith("Rss:")) {
        sum += Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return sum;
  }
}
