package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.ManifestFile;
import bespoke.manifest.smf.SmfWriter;
import bespoke.manifest.yaml.YamlWriter;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;

/// Every manifest is the same after XML -> repository -> XML -> repository and after XML -> YAML ->
/// repository, and counts what an independent counter counts.
class SmfRoundTripTest {

  private static final Path DTD = Path.of("src/test/resources/smf/service_bundle.dtd");

  @TempDir Path root;

  static List<Path> manifests() throws Exception {
    return SmfBundles.files();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aManifestSurvivesTheWayThroughXml(Path file) throws Exception {
    ManifestFile read = SmfBundles.read(file);
    assertThat(read.problems()).isEmpty();
    SmfBundles.Stored first = SmfBundles.imported(read, root.resolve("a"));
    assertThat(SmfWriter.fault(first.descriptions())).isEmpty();
    String xml = SmfWriter.write(first.descriptions());
    assertThat(invalid(xml)).as(xml).isEmpty();
    ManifestFile again = SmfBundles.read("again.xml", xml);
    assertThat(again.problems()).as(xml).isEmpty();
    SmfBundles.Stored second = SmfBundles.imported(again, root.resolve("b"));
    assertThat(second.dump()).as(xml).isEqualTo(first.dump());
    assertThat(SmfWriter.write(second.descriptions())).isEqualTo(xml);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aManifestSurvivesTheWayThroughYaml(Path file) throws Exception {
    SmfBundles.Stored first = SmfBundles.imported(SmfBundles.read(file), root.resolve("a"));
    String yaml = YamlWriter.write(first.descriptions());
    ManifestFile again = SmfBundles.read("again.yaml", yaml);
    assertThat(again.problems()).as(yaml).isEmpty();
    SmfBundles.Stored second = SmfBundles.imported(again, root.resolve("b"));
    assertThat(second.dump()).as(yaml).isEqualTo(first.dump());
    assertThat(YamlWriter.write(second.descriptions())).isEqualTo(yaml);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void theCountsAreThoseOfAnIndependentCounter(Path file) throws Exception {
    ManifestFile read = SmfBundles.read(file);
    SmfBundles.Stored stored = SmfBundles.imported(read, root.resolve("a"));
    assertThat(SmfCounts.of(stored.descriptions())).isEqualTo(SmfCounts.of(file));
    assertThat(read.notes()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverTheDtdAllowsIsCountedAndSurvivesBothWays(long seed) throws Exception {
    Path file = root.resolve("random.xml");
    Files.writeString(file, RandomBundles.write(new Random(seed)));
    aManifestSurvivesTheWayThroughXml(file);
    SmfBundles.Stored first = SmfBundles.imported(SmfBundles.read(file), root.resolve("c"));
    assertThat(SmfCounts.of(first.descriptions())).isEqualTo(SmfCounts.of(file));
    String yaml = YamlWriter.write(first.descriptions());
    ManifestFile again = SmfBundles.read("again.yaml", yaml);
    assertThat(again.problems()).as(yaml).isEmpty();
    assertThat(SmfBundles.imported(again, root.resolve("d")).dump())
        .as(yaml)
        .isEqualTo(first.dump());
  }

  /// Some seeds a build; `-Dbespoke.bundles=5000` sweeps, `-Dbespoke.seed=N` begins elsewhere.
  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("bespoke.bundles", 25))
        .map(it -> it + Long.getLong("bespoke.seed", 0));
  }

  /// What is not valid by the DTD.
  private static List<String> invalid(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setValidating(true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    List<String> errors = new ArrayList<>();
    builder.setEntityResolver((_, _) -> new InputSource(new StringReader(Files.readString(DTD))));
    builder.setErrorHandler(
        new ErrorHandler() {
          @Override
          public void warning(SAXParseException e) {}

          @Override
          public void error(SAXParseException e) {
            errors.add(e.getLineNumber() + ": " + e.getMessage());
          }

          @Override
          public void fatalError(SAXParseException e) {
            error(e);
          }
        });
    builder.parse(new InputSource(new StringReader(xml)));
    return errors;
  }
}
