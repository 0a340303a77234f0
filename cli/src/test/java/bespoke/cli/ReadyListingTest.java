package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.EnabledRecord;
import bespoke.api.InstanceDetail;
import bespoke.api.InstanceRecord;
import bespoke.api.listing.PlainTable;
import bespoke.api.listing.Times;
import bespoke.cli.render.Column;
import bespoke.cli.render.SortKey;
import bespoke.cli.render.Style;
import bespoke.cli.render.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table that the launcher prints without a JVM, with a real daemon, and a JDK that only says
/// that it was asked.
class ReadyListingTest {
  private static final String JVM = "the JVM was asked";
  private static @TempDir Path directory;
  private static RealMachine machine;
  private static Path svcs;

  @BeforeAll
  static void begin() throws IOException {
    machine =
        new RealMachine(
            directory,
            List.of("a", "b", "c").stream()
                .map(name ->
                    "service: t/"
                        + name
                        + "\nenabled: true\nmethods: {start: {exec: \"/bin/sleep 10000\"}}\n"
                        + "startd: {duration: child}\n")
                .collect(Collectors.joining("---\n")));
    Path here = Path.of("src/distribution/launcher");
    Path launcher = Files.exists(here) ? here : Path.of("cli/src/distribution/launcher");
    svcs = directory.resolve("home/bin/svcs");
    script(svcs, Files.readString(launcher));
    Files.createDirectories(directory.resolve("home/lib/archive"));
    script(directory.resolve("jdk/bin/java"), "#!/bin/sh\necho " + JVM + "\n");
    Files.writeString(
        directory.resolve("jdk/release"), "JAVA_RUNTIME_VERSION=\"25+1\"\nJAVA_VERSION=\"25\"\n");
  }

  @AfterAll
  static void end() {
    machine.close();
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static String launch(Map<String, String> variables, String... arguments)
      throws Exception {
    List<String> words = new ArrayList<>(List.of(svcs.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
    builder.environment().put("BESPOKE_ROOT", machine.root().toString());
    builder.environment().remove("TZ");
    builder.environment().putAll(variables);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.strip();
  }

  private static Path table() {
    return machine.root().resolve("run/listing/plain");
  }

  /// Asks as the command does, until the table is ready and the launcher prints it.
  private static String ready() throws Exception {
    for (int i = 0; i < 100; i++) {
      machine.ok("svcs");
      machine.await(() -> Files.exists(table()), () -> "there is no " + table());
      String out = launch(Map.of());
      if (!out.equals(JVM)) {
        return out;
      }
    }
    throw new AssertionError("the launcher never prints the table");
  }

  /// Without the times, which the command shows in another zone here.
  private static List<String> states(String table) {
    return table.lines().map(line -> line.replaceAll(" [ 0-9][0-9:]+ ", " ")).toList();
  }

  @Test
  void theLauncherPrintsWhatTheCommandPrints() throws Exception {
    assertThat(states(ready())).isEqualTo(states(machine.ok("svcs")));
    assertThat(launch(Map.of("BESPOKE_ROOT", ""), "--root", machine.root().toString()))
        .isEqualTo(launch(Map.of()));
  }

  /// Each answer of the daemon is an order in time: what the launcher prints after it must be at
  /// least as new.
  @Test
  void noTableIsOlderThanAnAnswer() throws Exception {
    for (int i = 0; i < Integer.getInteger("bespoke.listing.rounds", 12); i++) {
      ready();
      machine.ok("svcadm disable -s t/b");
      String without = launch(Map.of());
      assertThat(without).doesNotContain("t/b:");
      ready();
      machine.ok("svcadm enable -s t/b");
      String with = launch(Map.of());
      assertThat(with.equals(JVM) || with.contains("svc:/t/b:default")).as(with).isTrue();
      assertThat(with).doesNotContain("offline");
      assertThat(ready()).contains("svc:/t/b:default");
      machine.ok("svcadm mark degraded t/c");
      String marked = launch(Map.of());
      assertThat(marked.equals(JVM) || marked.contains("degraded")).as(marked).isTrue();
      machine.ok("svcadm clear t/c");
    }
  }

  @Test
  void aDaemonThatIsStoppedOrKilledTellsNothing() throws Exception {
    String before = ready();
    long daemon = Long.parseLong(Files.readString(table()).split(" ", 3)[1]);
    machine.kill(daemon, "STOP");
    machine.await(() -> state(daemon) == 'T', () -> "it does not stop");
    assertThat(launch(Map.of())).isEqualTo(JVM);
    machine.kill(daemon, "CONT");
    machine.await(() -> state(daemon) != 'T', () -> "it does not go on");
    assertThat(launch(Map.of())).isEqualTo(before);
    byte[] old = Files.readAllBytes(table());
    FileTime until = Files.getLastModifiedTime(table());
    machine.killAndRestart();
    assertThat(table()).doesNotExist();
    Files.write(table(), old);
    Files.setLastModifiedTime(table(), until);
    assertThat(launch(Map.of())).as("the table of a daemon that is gone").isEqualTo(JVM);
    Files.delete(table());
    assertThat(ready()).isEqualTo(before);
  }

  private static char state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return 'X';
    }
  }

  @Test
  void whatIsAskedOtherwiseIsLeftToTheCommand() throws Exception {
    ready();
    assertThat(launch(Map.of("TZ", "Asia/Tokyo"))).isEqualTo(JVM);
    assertThat(launch(Map.of(), "-a")).isEqualTo(JVM);
    assertThat(launch(Map.of(), "--root", "")).isEqualTo(JVM);
    assertThat(launch(Map.of(), "--root", machine.root() + "/../root")).isEqualTo(JVM);
    assertThat(launch(Map.of("BESPOKE_ROOT", "/nonexistent"))).isEqualTo(JVM);
  }

  @Test
  void aTableIsNotPrintedOutsideOfItsTime() throws Exception {
    ready();
    FileTime until = Files.getLastModifiedTime(table());
    Files.setLastModifiedTime(table(), FileTime.from(Instant.now().minusSeconds(1)));
    assertThat(launch(Map.of())).as("expired").isEqualTo(JVM);
    Files.setLastModifiedTime(table(), until);
    assertThat(launch(Map.of())).isNotEqualTo(JVM);
    FileTime made = Files.getLastModifiedTime(table().getParent());
    Files.setLastModifiedTime(table().getParent(), FileTime.from(Instant.now().plusSeconds(3600)));
    assertThat(launch(Map.of())).as("the clock was set back").isEqualTo(JVM);
    Files.setLastModifiedTime(table().getParent(), made);
    assertThat(launch(Map.of())).isNotEqualTo(JVM);
  }

  @Test
  void bothSidesPrintTheSameTable() {
    Random random = new Random(7);
    long now = 1_790_000_000_000L;
    Times times = new Times(second -> 7200, now);
    List<String> states =
        List.of("online", "offline", "degraded", "maintenance", "disabled", "uninitialized", "");
    for (int round = 0; round < 50; round++) {
      List<InstanceRecord> records = new ArrayList<>();
      for (int i = random.nextInt(40); i > 0; i--) {
        String name = "svc:/site/" + "long-".repeat(random.nextInt(14)) + random.nextInt(100);
        long age = (long) Math.pow(10, random.nextDouble(12));
        records.add(
            new InstanceRecord(
                name + ":default",
                states.get(random.nextInt(states.size())),
                random.nextInt(4) == 0 ? "offline" : "",
                random.nextInt(9) == 0 ? 0 : now - age,
                EnabledRecord.NEVER,
                List.of(),
                "",
                InstanceDetail.NONE));
      }
      for (Style style : Style.values()) {
        List<InstanceRecord> sorted = new ArrayList<>(records);
        SortKey.sort(sorted, SortKey.USUAL, times);
        StringBuilder expected = new StringBuilder();
        Table table = new Table(Column.USUAL, times, style);
        table.header(expected);
        sorted.forEach(record -> table.row(expected, record));
        assertThat(PlainTable.of(records, times, style == Style.COLOUR))
            .isEqualTo(expected.toString());
      }
    }
  }
}
