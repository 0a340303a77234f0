package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.InstanceFmri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLogsTest {

  private static final InstanceFmri INSTANCE = InstanceFmri.parse("t/a/b:inst");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-04T02:54:28Z"), ZoneOffset.UTC);

  @TempDir Path root;

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private RestarterSettings settings;
  private DaemonLog daemonLog;
  private InstanceLogs logs;

  @BeforeEach
  void open() {
    settings =
        new RestarterSettings(
            root.resolve("log"), root.resolve("run"), List.of(), 4096, 2, Optional::empty);
    daemonLog = new DaemonLog(settings, CLOCK, new PrintStream(terminal, true));
    logs = new InstanceLogs(settings, CLOCK, daemonLog);
  }

  @Test
  void aLineIsInBracketsWithYearAndTime() throws IOException {
    logs.write(INSTANCE, "Enabled.");
    Path log = root.resolve("log/t-a-b:inst.log");
    assertThat(log).hasContent("[ 2026 Nov  4 02:54:28 Enabled. ]\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void aLineBeginsOnALineOfItsOwn() throws IOException {
    logs.prepare(INSTANCE);
    Files.writeString(logs.path(INSTANCE), "no newline");
    logs.write(INSTANCE, "Enabled.");
    assertThat(logs.path(INSTANCE)).hasContent("no newline\n[ 2026 Nov  4 02:54:28 Enabled. ]\n");
  }

  @Test
  void aMessageNeverBecomesTwoLinesAndHasALimit() throws IOException {
    logs.write(INSTANCE, "Executing start method (\"a\nb\u001b[1m\").");
    logs.write(INSTANCE, "x".repeat(100_000));
    List<String> lines = Files.readAllLines(logs.path(INSTANCE));
    assertThat(lines).hasSize(2).allMatch(line -> line.matches("^\\[ .* \\]$"));
    assertThat(lines.get(0)).endsWith(" Executing start method (\"a b [1m\"). ]");
    assertThat(lines.get(1)).hasSizeLessThan(8300).endsWith("x… ]");
  }

  @Test
  void aLogThatCannotBeWrittenIsSaidOnceInTheDaemonsLogAndHarmsNothing() throws IOException {
    Files.createDirectories(logs.path(INSTANCE));
    logs.write(INSTANCE, "one");
    logs.write(INSTANCE, "two");
    assertThat(logs.prepare(INSTANCE)).isPresent();
    assertThat(Files.readAllLines(daemonLog.path()))
        .singleElement()
        .asString()
        .matches("Nov  4 02:54:28/.* ERROR: cannot write the log .*t-a-b:inst.log: Is a directory");
    assertThat(terminal.toString(StandardCharsets.UTF_8)).contains("cannot write the log");
    Files.delete(logs.path(INSTANCE));
    logs.write(INSTANCE, "three");
    assertThat(Files.readAllLines(daemonLog.path()).getLast()).endsWith("can be written again");
  }

  @Test
  void aFullDiskIsNoMoreThanALogThatCannotBeWritten() throws IOException {
    Files.createDirectories(root.resolve("log"));
    Files.createSymbolicLink(logs.path(INSTANCE), Path.of("/dev/full"));
    logs.write(INSTANCE, "one");
    assertThat(Files.readString(daemonLog.path())).contains("No space left on device");
  }

  @Test
  void aLargeLogIsCopiedAndTruncatedAndOnlySomeAreKept() throws IOException {
    for (int round = 0; round < 4; round++) {
      logs.prepare(INSTANCE);
      logs.write(INSTANCE, "round " + round + " " + "x".repeat(5000));
      logs.rotate();
    }
    logs.write(INSTANCE, "last");
    Path log = logs.path(INSTANCE);
    assertThat(Files.readString(log)).contains("last").doesNotContain("round");
    assertThat(Files.readString(Path.of(log + ".0"))).contains("round 3");
    assertThat(Files.readString(Path.of(log + ".1"))).contains("round 2");
    assertThat(Path.of(log + ".2")).doesNotExist();
  }

  @Test
  void aSmallLogIsLeftAlone() {
    logs.prepare(INSTANCE);
    logs.write(INSTANCE, "one");
    logs.rotate();
    assertThat(Path.of(logs.path(INSTANCE) + ".0")).doesNotExist();
  }
}
