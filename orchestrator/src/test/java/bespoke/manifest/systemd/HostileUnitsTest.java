package bespoke.manifest.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.ImportNote;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.Manifests;
import bespoke.manifest.SourceFile;
import bespoke.manifest.yaml.YamlWriter;
import bespoke.model.ServiceDescription;
import bespoke.model.definition.Definitions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a unit file holds, it is read or refused, and nothing of it is lost silently.
final class HostileUnitsTest {

  private static final long SEED = Long.getLong("bespoke.seed", 1L);
  private static final int ROUNDS = Integer.getInteger("bespoke.unit.fuzz.rounds", 100);
  private static final Path RESOURCES = Path.of("src/test/resources/bespoke/manifest/systemd");

  private static final String[] BITS = {
    "=",
    "\\",
    "\\\n",
    "\"",
    "'",
    "%",
    "%i",
    "%H",
    "%%",
    "$",
    "${",
    "}",
    "$$",
    ";",
    " ; ",
    "\\;",
    "#",
    "[",
    "]",
    "[Service]\n",
    "[Unit]\n",
    "\n",
    "\r",
    "\t",
    "\0",
    "\u001b",
    "\uFEFF",
    "\uD83D\uDE00",
    "`",
    "$(",
    "%{",
    "%{x",
    "-",
    "+",
    "!",
    "@",
    ":",
    "|",
    "~",
    "..",
    "/",
    "infinity",
    "0",
    "99999999999999999999",
    "1e9",
    "-1",
    "a@.service",
    "a@b.service",
    "x.service",
    "\\x00",
    "\\x41",
    "\\777",
    "\\u",
    "After=shop.service\n",
    "Before=db.service\n",
    "ExecStart=\n",
    "Type=oneshot\n",
    "User=root\n",
    "User=$(id)\n",
    "PIDFile=`x`\n",
    "RuntimeDirectory=../x\n",
    "Requires=db.service\n"
  };

  static List<Path> regressions() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve("regressions"))) {
      return files.sorted().toList();
    }
  }

  /// Files of one text: each begins with `### NAME` or `### NAME -> TARGET`.
  static List<SourceFile> files(String text) {
    List<SourceFile> files = new ArrayList<>();
    for (String part : text.split("(?m)^### ")) {
      if (!part.isBlank()) {
        int end = part.indexOf('\n');
        String head = end < 0 ? part : part.substring(0, end);
        byte[] bytes =
            part.substring(end < 0 ? part.length() : end + 1).getBytes(StandardCharsets.UTF_8);
        String[] words = head.split(" -> ", 2);
        SourceFile file = new SourceFile(words[0].strip(), bytes, words.length < 2 ? "" : words[1]);
        if (files.stream().noneMatch(other -> other.name().equals(file.name()))) {
          files.add(file);
        }
      }
    }
    return files;
  }

  private static String everything() throws IOException {
    return Files.readString(RESOURCES.resolve("corpus/everything.txt"));
  }

  @ParameterizedTest
  @MethodSource("regressions")
  void inputsThatOnceBrokeTheReaderAreSurvived(Path file) throws IOException {
    survives(files(Files.readString(file)), file.toString());
  }

  @Test
  void theWholeFormatIsReadWithoutAProblem() throws IOException {
    List<ManifestFile> read = survives(files(everything()), "everything");
    assertThat(read.stream().flatMap(file -> file.problems().stream())).isEmpty();
    assertThat(
            read.stream()
                .flatMap(file -> file.services().stream())
                .map(service -> service.fmri().toString()))
        .contains("svc:/systemd/shop", "svc:/systemd/feed", "svc:/systemd/timer/feed");
  }

  @Test
  void noMutationBreaksTheReader() throws IOException {
    String text = everything();
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(SEED + round);
      String mutated = text;
      for (int i = random.nextInt(8); i >= 0; i--) {
        mutated = mutated(mutated, random);
      }
      survives(files(mutated), "seed " + (SEED + round));
    }
  }

  @Test
  void aFileThatIsTooLargeOrNoTextIsRefused() {
    byte[] large = new byte[UnitParser.SIZE_BYTES_MAX + 1];
    java.util.Arrays.fill(large, (byte) '\n');
    assertThat(read(new SourceFile("a.service", large)).problems()).hasSize(1);
    byte[] latin = {'[', 'U', 'n', 'i', 't', ']', '\n', (byte) 0xE4};
    assertThat(read(new SourceFile("a.service", latin)).problems().getFirst().message())
        .contains("UTF-8");
    assertThat(
            Units.service("ExecStart=/bin/a " + "x".repeat(5000)).problems().getFirst().toString())
        .startsWith("web.service:2:1: cannot keep a value of more than 4095 characters");
    assertThat(Units.service("ExecStart=/bin/a 'open").problems().getFirst().message())
        .startsWith("cannot read the command");
    assertThat(Units.service("ExecStart=/bin/a", "ExecStart=/bin/b").problems()).hasSize(1);
  }

  @Test
  void aPathThatClimbsIsNeverFollowed() {
    Units units =
        Units.service(
            "ExecStart=/bin/a", "WorkingDirectory=/srv/../etc", "StateDirectory=a/../../etc");
    assertThat(units.start()).isEqualTo("/bin/a");
    assertThat(units.notes())
        .filteredOn(note -> note.fidelity().word().equals("dropped"))
        .hasSize(2);
  }

  private static ManifestFile read(SourceFile file) {
    return new SystemdReader().read(List.of(file)).getFirst();
  }

  private static String mutated(String text, Random random) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + random.nextInt(40));
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, at) + text.substring(end);
      case 1 -> text.substring(0, at) + BITS[random.nextInt(BITS.length)] + text.substring(at);
      case 2 -> text.substring(0, end) + text.substring(at, end) + text.substring(end);
      case 3 -> {
        int other = random.nextInt(text.length());
        yield text.substring(0, at)
            + text.substring(other, Math.min(text.length(), other + random.nextInt(60)))
            + text.substring(end);
      }
      default -> text.substring(0, at) + (char) random.nextInt(1, 0x2100) + text.substring(at);
    };
  }

  /// Reads files, and holds everything that has to be true of any reading.
  static List<ManifestFile> survives(List<SourceFile> files, String what) {
    List<ManifestFile> read;
    try {
      read = new SystemdReader().read(files);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(what, e);
    }
    assertThat(read)
        .as(what)
        .extracting(ManifestFile::name)
        .containsExactlyElementsOf(files.stream().map(SourceFile::name).toList());
    for (ManifestFile file : read) {
      file.services().forEach(service -> isWell(service, what));
    }
    everythingIsNoted(files, read, what);
    return read;
  }

  /// It can be written, read again, and run.
  private static void isWell(ServiceDescription service, String what) {
    String yaml = YamlWriter.write(service);
    ManifestFile again = Manifests.read("again.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(again.problems()).as("%s%n%s", what, yaml).isEmpty();
    assertThat(YamlWriter.write(again.services())).as(what).isEqualTo(yaml);
    service
        .instances()
        .forEach(instance ->
            assertThat(
                    new Definitions()
                        .read(
                            service.fmri().instance(instance.name()),
                            instance.groups(),
                            instance.origin())
                        .problems())
                .as("%s%n%s", what, yaml)
                .isEmpty());
  }

  /// Every assignment of the file of a service has one note.
  private static void everythingIsNoted(
      List<SourceFile> sources, List<ManifestFile> read, String what) {
    for (int i = 0; i < read.size(); i++) {
      List<String> noted = read.get(i).notes().stream().map(HostileUnitsTest::place).toList();
      if (!read.get(i).services().isEmpty()) {
        assertThat(noted)
            .as("%s, %s", what, read.get(i).name())
            .containsAll(
                UnitParser.parse(sources.get(i), new Report()).stream()
                    .map(said -> said.at().line() + " " + said.construct())
                    .toList())
            .doesNotHaveDuplicates();
      }
    }
  }

  private static String place(ImportNote note) {
    return note.line() + " " + note.construct();
  }
}
