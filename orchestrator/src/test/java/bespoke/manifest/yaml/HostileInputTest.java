package bespoke.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.ManifestReading;
import bespoke.manifest.Problem;
import bespoke.manifest.Problems;
import java.io.ByteArrayOutputStream;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostileInputTest {

  private static final long SEED = Long.getLong("bespoke.seed", 1L);
  private static final int ROUNDS = Integer.getInteger("bespoke.fuzz.rounds", 4000);

  private static final String[] BITS = {
    "&a ",
    "*a",
    "!!str ",
    "<<: ",
    "? ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "|\n",
    ">\n",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\t",
    "\0",
    "\uFEFF",
    "\"",
    "'",
    "#",
    ",",
    "\r\n",
    "null",
    "~",
    "\u2028",
    "\uD83D\uDE00",
    "service: a\n",
    "instances: {a: {}}\n",
    "@",
    "`",
    "*",
    "&",
    "!",
    "99999999999999999999999",
    "-",
    "1e999",
    "\\x41"
  };

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "service: a\\nmethods: &m {start: {exec: x}}; f:2:10: cannot use an anchor",
        "service: *a; f:1:10: cannot use the alias \"*a\"",
        "service: !!str a; f:1:10: cannot use the tag \"tag:yaml.org,2002:str\"",
        "service: a\\n<<: {enabled: true}; f:2:1: cannot use the merge key \"<<\"",
        "service: a\\nservice: b; f:2:1: cannot use the key \"service\" twice",
        "service: a\\n? \\n: x; f:2:2: cannot use an empty key",
        "service: a\\n? [a]\\n: b; f:2:3: cannot use a list as a key",
        "service: a\\nenabled: true\\n\\tx: y; f:3:1: cannot use a tab here",
        "service: [a; f:1:12: cannot read this as YAML",
        "service: a\\u0000b; f:1:11: cannot read the control character U+0000",
        "service: ~; f:1:10: cannot use nothing as service",
        "service:; f:1:9: cannot use nothing as service",
        "service: a\\n: x; f:2:1: cannot read this as YAML",
        "- a; f:1:1: cannot use a list as a service",
        "{}; f:1:1: cannot do without the key \"service\"",
        "%FOO\\nx; f:2:1: cannot read this as YAML"
      })
  void whatAManifestMayNotHoldIsRefusedWithItsPlace(String text, String expected) {
    String unescaped = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0000", "\0");
    List<Problem> problems =
        YamlReader.read("f", unescaped.getBytes(StandardCharsets.UTF_8)).problems();
    assertThat(problems).isNotEmpty();
    assertThat(problems.getFirst().toString()).startsWith(expected.strip());
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreNoProblem() {
    ManifestReading reading =
        YamlReaderTest.read("\uFEFFservice: a\r\nenabled: true\r\n---\r\nservice: b\r\n");
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.services()).hasSize(2);
  }

  @Test
  void aCharacterOfTwoHalvesIsReadWhereverItStands() {
    for (int before = 1000; before < 1100; before++) {
      String text = "service: a\ndescription: " + "x".repeat(before) + "🙂🙂\n";
      assertThat(YamlReaderTest.read(text).problems()).as("%d", before).isEmpty();
    }
  }

  @Test
  void anEmptyFileHasNoServicesAndNoProblems() {
    assertThat(YamlReaderTest.read("")).isEqualTo(new ManifestReading(List.of(), List.of()));
    assertThat(YamlReaderTest.read("# only a comment\n").problems()).isEmpty();
  }

  @Test
  void bytesThatAreNoUtf8AreRefusedWithTheirPlace() {
    byte[] bytes = "service: a\ncommon_name: x\n".getBytes(StandardCharsets.ISO_8859_1);
    bytes[24] = (byte) 0xFF;
    assertThat(YamlReader.read("f", bytes).problems().getFirst().toString())
        .startsWith("f:2:14: cannot read this byte as UTF-8");
    assertThat(YamlReader.read("f", "service: a".getBytes(StandardCharsets.UTF_16)).problems())
        .extracting(Problem::message)
        .containsExactly("cannot read UTF-16");
  }

  @Test
  void aTooLargeFileIsRefusedUnread() {
    assertThat(YamlReader.read("f", new byte[YamlReader.SIZE_BYTES_MAX + 1]).problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("cannot read a manifest of");
  }

  @Test
  void deepNestingEndsTheReadingWithOneProblem() {
    for (String opening : List.of("[", "{a: ", "- ")) {
      List<Problem> problems =
          YamlReaderTest.read("service: a\nmethods:\n  " + opening.repeat(100_000)).problems();
      assertThat(problems)
          .extracting(Problem::message)
          .anyMatch(m -> m.contains("levels of nesting"));
    }
  }

  @Test
  void aBillionLaughsStayOne() {
    StringBuilder bomb = new StringBuilder("a: &a [x]\n");
    for (char c = 'b'; c < 'z'; c++) {
      String before = "*" + (char) (c - 1);
      bomb.append(c).append(": &").append(c).append(" [");
      bomb.append(String.join(",", java.util.Collections.nCopies(9, before))).append("]\n");
    }
    List<Problem> problems = YamlReaderTest.read(bomb.toString()).problems();
    assertThat(problems).hasSize(Problems.COUNT_MAX + 1);
    assertThat(problems.getLast().message()).startsWith("cannot list");
  }

  @Test
  void aValueOfAMegabyteIsRefused() {
    List<Problem> problems =
        YamlReaderTest.read("service: a\ndescription: " + "x".repeat(1 << 20)).problems();
    assertThat(problems.getFirst().toString())
        .startsWith("f.yaml:2:14: cannot read a value of 1048576 characters");
  }

  static List<Path> regressions() throws IOException {
    Path directory =
        Repository.path("orchestrator/src/test/resources/bespoke/manifest/yaml/regressions");
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("regressions")
  void inputsThatOnceBrokeTheReaderAreSurvived(Path file) throws IOException {
    survives(Files.readAllBytes(file), file.toString());
  }

  @Test
  void noMutationOfAManifestBreaksTheReader() throws IOException {
    List<byte[]> corpus = new ArrayList<>();
    for (Path file : JsonSchemaTest.shippedManifests()) {
      corpus.add(Files.readAllBytes(file));
    }
    for (String name : List.of("complete.yaml", "broken.yaml")) {
      corpus.add(YamlReaderTest.resource(name).getBytes(StandardCharsets.UTF_8));
    }
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(SEED + round);
      byte[] bytes = corpus.get(random.nextInt(corpus.size()));
      for (int i = random.nextInt(6); i >= 0; i--) {
        bytes = mutated(bytes, random);
      }
      survives(bytes, "seed " + (SEED + round));
    }
  }

  private static void survives(byte[] bytes, String what) {
    ManifestReading reading;
    try {
      reading = YamlReader.read("f", bytes);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(what + ": " + new String(bytes, StandardCharsets.UTF_8), e);
    }
    for (Problem problem : reading.problems()) {
      assertThat(problem.message()).as(what).startsWith("cannot ");
      assertThat(problem.line()).as(what).isPositive();
      assertThat(problem.column()).as(what).isPositive();
    }
    if (reading.isClean() && !reading.services().isEmpty()) {
      String written = YamlWriter.write(reading.services());
      assertThat(YamlReaderTest.read(written).problems()).as("%s:%n%s", what, written).isEmpty();
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 16);
    switch (random.nextInt(6)) {
      case 0 -> {
        out.write(bytes, 0, at);
        out.writeBytes(BITS[random.nextInt(BITS.length)].getBytes(StandardCharsets.UTF_8));
        out.write(bytes, at, bytes.length - at);
      }
      case 1 -> {
        int end = Math.min(bytes.length, at + random.nextInt(40));
        out.write(bytes, 0, at);
        out.write(bytes, end, bytes.length - end);
      }
      case 2 -> {
        out.write(bytes, 0, at);
        out.write(random.nextInt(256));
        out.write(bytes, at, bytes.length - at);
      }
      case 3 -> out.write(bytes, 0, at);
      case 4 -> {
        int end = Math.min(bytes.length, at + random.nextInt(80));
        int to = random.nextInt(bytes.length + 1);
        out.write(bytes, 0, to);
        out.write(bytes, at, end - at);
        out.write(bytes, to, bytes.length - to);
      }
      default -> {
        byte[] copy = bytes.clone();
        if (copy.length > 0) {
          copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        out.writeBytes(copy);
      }
    }
    return out.toByteArray();
  }
}
