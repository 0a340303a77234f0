package bespoke.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The machine code that starts processes is what it says it is.
class CallRoutineTest {
  @TempDir Path directory = Path.of("/nonexistent");

  @Test
  void theBytesAreWhatAnAssemblerMakesOfTheListing() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/as")), "no assembler");
    String source =
        CallRoutine.LISTING
            .lines()
            .map(line -> line.substring(line.indexOf('|') + 1))
            .collect(Collectors.joining("\n", ".intel_syntax noprefix\n", "\n"));
    Path object = directory.resolve("routine.o");
    Path bytes = directory.resolve("routine");
    Files.writeString(directory.resolve("routine.s"), source);
    run("as", "--64", "-o", object.toString(), directory.resolve("routine.s").toString());
    run("objcopy", "-O", "binary", "-j", ".text", object.toString(), bytes.toString());
    assertThat(CallRoutine.code()).isEqualTo(Files.readAllBytes(bytes));
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void aCallTakesTheNumbersOfItsRecord() {
    String listing = CallRoutine.LISTING;
    assertThat(listing).contains("[rdi+" + CallRoutine.HEAD_WORDS * Long.BYTES + "]");
    assertThat(listing).contains("add rbx, " + CallRoutine.RECORD_WORDS * Long.BYTES);
  }
}
