package bespoke.ctrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CtrunTest {
  @TempDir Path directory;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    var print = new PrintStream(err, true, StandardCharsets.UTF_8);
    return Ctrun.run(List.of(arguments), System.getenv(), print, print);
  }

  private int shell(String options, String script) {
    List<String> arguments = new ArrayList<>();
    if (!options.isEmpty()) {
      arguments.addAll(List.of(options.split(" ")));
    }
    arguments.addAll(List.of("/bin/sh", "-c", script.replace("@", directory + "/")));
    return run(arguments.toArray(String[]::new));
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private long pid(String file) throws IOException {
    return Long.parseLong(Files.readString(directory.resolve(file)).strip());
  }

  @Test
  void theStatusIsThatOfTheCommand() {
    assertThat(shell("", "exit 3")).isEqualTo(3);
    assertThat(shell("", "kill -9 $$")).isEqualTo(123);
    assertThat(run("/nonexistent/x")).isEqualTo(127);
    assertThat(run("/etc/passwd")).isEqualTo(126);
    assertThat(errors()).contains("/nonexistent/x").contains("/etc/passwd");
  }

  @Test
  void itStaysUntilTheLastProcessIsGone() {
    assertThat(shell("", "(sleep 0.3; echo late > @out) & exit 4")).isEqualTo(4);
    assertThat(directory.resolve("out")).hasContent("late");
  }

  @Test
  void itEndsWithTheChildAndKillsTheRestOnlyWhenItIsTold() throws Exception {
    assertThat(shell("-l child", "sleep 600 & echo $! > @stays; exit 5")).isEqualTo(5);
    ProcessHandle stays = ProcessHandle.of(pid("stays")).orElseThrow();
    assertThat(stays.isAlive()).isTrue();
    stays.destroyForcibly();

    assertThat(shell("-l child -o noorphan", "sleep 600 & echo $! > @goes; exit 6")).isEqualTo(6);
    long goes = pid("goes");
    while (ProcessHandle.of(goes).filter(ProcessHandle::isAlive).isPresent()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aFatalEventEndsAllAndTheCommandRunsAgain() throws Exception {
    String script = "echo $$ >> @runs; sleep 600 & kill -9 $$";

    assertThat(shell("-v -i signal,empty -f signal -r 2", script)).isEqualTo(123);

    assertThat(Files.readAllLines(directory.resolve("runs"))).hasSize(3);
    assertThat(errors()).contains("received signal 9").contains("empty\tcontract empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-l",
        "-l soon true",
        "-f exit true",
        "-i nonsense true",
        "-o regent true",
        "-r x true",
        "-l child -r 1 true",
        "-t true",
        "-x true",
        "-v"
      })
  void nonsenseIsRefused(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(125);
    assertThat(errors()).startsWith("ctrun: ").contains("Usage: ctrun");
  }
}
