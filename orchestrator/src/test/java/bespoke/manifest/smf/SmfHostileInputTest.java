package bespoke.manifest.smf;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.ManifestFile;
import bespoke.manifest.Problem;
import bespoke.manifest.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What must never happen: a file that is opened, an exception, memory without bound, a problem
/// without its place.
@Timeout(60)
class SmfHostileInputTest {

  private static final Path MANIFESTS = Path.of("src/test/resources/smf/manifests");
  private static final Path REGRESSIONS = Path.of("src/test/resources/smf/hostile");
  private static final long SEED = Long.getLong("bespoke.seed", 20261126);
  private static final int ROUNDS = Integer.getInteger("bespoke.fuzz", 600);

  private final SmfFormat format = new SmfFormat(_ -> true);

  private ManifestFile read(byte[] bytes) {
    return format.read(List.of(new SourceFile("x.xml", bytes))).getFirst();
  }

  private Problem problem(String text) {
    ManifestFile read = read(text.getBytes(StandardCharsets.UTF_8));
    assertThat(read.services()).isEmpty();
    assertThat(read.problems()).isNotEmpty();
    return read.problems().getFirst();
  }

  private static String bundle(String inside) {
    return "<?xml version='1.0'?>\n<service_bundle type='manifest' name='x'>\n"
        + inside
        + "\n</service_bundle>\n";
  }

  private static String service(String inside) {
    return bundle("<service name='a' type='service' version='1'>\n" + inside + "\n</service>");
  }

  @Test
  void anExternalEntityIsNeverOpened() {
    Problem found =
        problem(
            """
            <!DOCTYPE service_bundle [
              <!ENTITY x SYSTEM 'file:///etc/passwd'>
            ]>
            <service_bundle type='manifest' name='&x;'/>
            """);
    assertThat(found.toString()).startsWith("x.xml:2:3: cannot define entities");
  }

  @Test
  void entitiesThatGrowAreRefusedBeforeTheyGrow() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE service_bundle [\n<!ENTITY a0 'ha'>\n");
    for (int i = 1; i < 40; i++) {
      laughs.append("<!ENTITY a").append(i).append(" '");
      String before = "&a" + (i - 1) + ";";
      laughs.append(before).append(before).append("'>\n");
    }
    laughs.append("]>\n<service_bundle type='manifest' name='&a39;'/>");
    assertThat(problem(laughs.toString()).toString()).startsWith("x.xml:2:1: cannot define");
  }

  @Test
  void aParameterEntityAndAnUnknownEntityAreRefused() {
    assertThat(
            problem(
                    """
                    <!DOCTYPE service_bundle SYSTEM 'http://127.0.0.1:1/x' [
                    <!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;
                    ]>
                    <service_bundle type='manifest' name='x'/>
                    """)
                .message())
        .isEqualTo("cannot define entities");
    assertThat(problem(service("<stability value='&nosuch;'/>")).line()).isEqualTo(4);
    assertThat(
            problem(
                    service(
                        "<template><common_name><loctext xml:lang='C'>&nosuch;</loctext>"
                            + "</common_name></template>"))
                .line())
        .isEqualTo(4);
  }

  @Test
  void aDoctypeWithoutEntitiesIsSkippedAndItsDtdIsNotFetched() {
    String text =
        """
        <!DOCTYPE service_bundle SYSTEM 'http://127.0.0.1:1/none.dtd'>
        <service_bundle type='manifest' name='x'/>
        """;
    ManifestFile read = read(text.getBytes(StandardCharsets.UTF_8));
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void depthSizeAndNumberAreBounded() {
    String deep = "<service_bundle type='manifest' name='x'>".repeat(100);
    assertThat(problem("\n" + deep).toString())
        .contains(":2:")
        .contains("cannot read elements nested deeper than 64");
    byte[] large = new byte[SmfFormat.SIZE_BYTES_MAX + 1];
    Arrays.fill(large, (byte) ' ');
    assertThat(read(large).problems().getFirst().message())
        .isEqualTo("cannot read a file of more than 4194304 bytes");
    String many = service("<property_group name='p' type='q'>\n" + "<x/>".repeat(250_000));
    assertThat(problem(many).toString()).contains(":5:").contains("more than 200000 elements");
  }

  @Test
  void aHundredThousandPropertiesAreReadAndAMillionAreRefused() {
    StringBuilder all = new StringBuilder("<property_group name='p' type='q'>");
    for (int i = 0; i < 60_000; i++) {
      all.append("<propval name='p").append(i).append("' type='count' value='1'/>\n");
    }
    byte[] bytes = service(all + "</property_group>").getBytes(StandardCharsets.UTF_8);
    assertThat(read(bytes).problems()).isEmpty();
    assertThat(read(bytes).services().getFirst().groups().group("p").orElseThrow().properties())
        .hasSize(60_000);
    byte[] million = Arrays.copyOf(bytes, 50_000_000);
    assertThat(read(million).problems()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <instance name='a&#10;b' enabled='true'/> | :4:11: | cannot use "a?b" as the name of an instance
          <instance name='../x' enabled='true'/> | :4:11: | cannot use "../x"
          <instance name='x' enabled='maybe'/> | :4:20: | cannot use "maybe" as enabled
          <restarter><service_fmri value='svc:/../../etc'/></restarter> | :4:26: | as a restarter
          <property_group name='a/b' type='q'/> | :4:17: | cannot use "a/b"
          <property_group name='p' type='q'><propval name='x' type='count' value='-2'/></property_group> | :4:66: | cannot use "-2" as count in x
          <property_group name='p' type='q'><propval name='x' type='number' value='2'/></property_group> | :4:53: | cannot use "number" as a type
          <property_group name='p' type='q'><propval name='x' type='count'/></property_group> | :4:35: | without value=
          <exec_method name='start' type='method' exec='/x' timeout_seconds='soon'/> | :4:51: | cannot use "soon"
          <exec_method name='start' type='method' timeout_seconds='1'/> | :4:1: | without exec=
          <exec_method name='start' type='mehtod' exec='/x' timeout_seconds='1'/> | :4:27: | did you mean "method"?
          <dependency name='d' grouping='require_al' restart_on='none' type='service'/> | :4:22: | did you mean "require_all"?
          <dependency name='d' grouping='require_all' type='service'/> | :4:1: | without restart_on=
          <dependent name='d' grouping='require_all' restart_on='none'/> | :4:1: | without <service_fmri>
          """)
  void aMistakeIsNamedWithItsPlace(String inside, String place, String text) {
    assertThat(problem(service(inside)).toString()).contains(place).contains(text);
  }

  @ParameterizedTest
  @CsvSource({
    "service, svc:/../../etc/passwd",
    "service, svc://other/a",
    "path, file://localhost/etc/../../root",
    "path, relative",
    "service, file:///etc"
  })
  void anFmriThatClimbsOrIsNoneIsRefused(String type, String fmri) {
    String inside =
        "<dependency name='d' grouping='require_all' restart_on='none' type='"
            + type
            + "'>\n  <service_fmri value='"
            + fmri
            + "'/></dependency>";
    assertThat(problem(service(inside)).toString()).startsWith("x.xml:5:17: cannot ");
  }

  @Test
  void aServiceNameThatClimbsIsRefused() {
    assertThat(
            problem(bundle("<service name='../../etc/x' type='service' version='1'/>")).toString())
        .startsWith("x.xml:3:10: cannot use \"../../etc/x\" as the name of a service");
  }

  @Test
  void bytesThatAreNotWhatTheySayAreRefusedWithTheirPlace() {
    byte[] bytes = service("<!-- ? -->").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '?' && i > 10) {
        bytes[i] = (byte) 0xE9;
      }
    }
    bytes[bytes.length - 30] = (byte) 0xE9;
    assertThat(read(bytes).problems().getFirst().toString())
        .contains("cannot read this byte as UTF-8");
    assertThat(problem("<?xml version='1.0' encoding='klingon'?><service_bundle/>").message())
        .isEqualTo("cannot read the encoding klingon");
  }

  @Test
  void otherEncodingsAreRead() {
    String text = "<?xml version='1.0' encoding='UTF-16'?>" + service("").substring(21);
    assertThat(read(text.getBytes(StandardCharsets.UTF_16)).problems()).isEmpty();
    byte[] marked = ("\uFEFF" + service("")).getBytes(StandardCharsets.UTF_8);
    assertThat(read(marked).problems()).isEmpty();
  }

  @Test
  void textThatIsNoXmlIsAProblem() {
    for (String text :
        List.of("", "x", "<", "<a", "<service_bundle>", "\0\0", "<a/><b/>", "<?xml")) {
      assertThat(problem(text).line()).isPositive();
    }
  }

  static Stream<Path> regressions() throws IOException {
    try (Stream<Path> files = Files.list(REGRESSIONS)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("regressions")
  void whatOnceWentWrongIsReadOrRefused(Path file) throws IOException {
    sane(Files.readAllBytes(file));
  }

  @Test
  void mutatedManifestsAreReadOrRefusedAndNeverThrow() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(MANIFESTS)) {
      for (Path file : files.sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutant = mutated(seeds.get(random.nextInt(seeds.size())), random);
      try {
        sane(mutant);
      } catch (RuntimeException | AssertionError e) {
        Path kept = Files.createTempFile("smf", ".xml");
        Files.write(kept, mutant);
        throw new AssertionError("seed " + SEED + ", round " + round + ", see " + kept, e);
      }
    }
  }

  /// A few changes: bytes, pieces that vanish, double or move, and words of the grammar.
  private static byte[] mutated(byte[] seed, Random random) {
    StringBuilder text = new StringBuilder(new String(seed, StandardCharsets.ISO_8859_1));
    List<String> words =
        List.of(
            "<",
            ">",
            "/>",
            "'",
            "\"",
            "&#0;",
            "&x;",
            "<![CDATA[",
            "-->",
            "<!--",
            "name=''",
            " delete='true'",
            " override='true'",
            "<property_group name='start' type='method'/>",
            "<xi:include href='x.xml'/>",
            "\0",
            "<service name='b' type='service' version='1'>",
            "svc:/",
            "..",
            "18446744073709551616",
            "-1",
            "<instance name='default' enabled='true'/>");
    for (int changes = 1 + random.nextInt(4); changes > 0 && !text.isEmpty(); changes--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(60));
      switch (random.nextInt(5)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(at, text.substring(at, end));
        case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
        default -> text.insert(at, words.get(random.nextInt(words.size())));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Read or refused with places; what is read can be written and read again.
  private void sane(byte[] bytes) {
    ManifestFile read = read(bytes);
    assertThat(read.problems()).allMatch(problem -> problem.line() > 0 && problem.column() > 0);
    assertThat(read.problems()).allMatch(problem -> problem.message().startsWith("cannot "));
    if (read.isClean()) {
      assertThat(SmfWriter.fault(read.services())).isEmpty();
      String xml = SmfWriter.write(read.services());
      ManifestFile again = read(xml.getBytes(StandardCharsets.UTF_8));
      assertThat(again.problems()).as(xml).isEmpty();
      assertThat(SmfWriter.write(again.services())).isEqualTo(xml);
    }
  }
}
