package bespoke.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.ManifestReading;
import bespoke.manifest.yaml.TextParts.Part;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextPartsTest {

  @Test
  void theSamePlacesAreReportedWhetherAFileIsReadInPartsOrWhole() {
    String text = services(20_000);
    List<Part> parts = TextParts.of(text, 4);
    assertThat(parts).hasSizeBetween(2, 4);
    assertThat(parts.stream().map(Part::text).collect(Collectors.joining())).isEqualTo(text);
    for (Part part : parts.subList(1, parts.size())) {
      assertThat(part.text()).startsWith("---\n");
      int lines = (int) text.substring(0, text.indexOf(part.text())).lines().count();
      assertThat(part.linesBefore()).isEqualTo(lines);
    }
  }

  @Test
  void aProblemAtTheEndOfALargeFileHasItsLine() {
    String text = services(20_000) + "---\nservice: last\nenabeld: true\n";
    ManifestReading reading = YamlReaderTest.read(text);
    assertThat(reading.services()).hasSize(20_000);
    assertThat(reading.problems()).hasSize(1);
    assertThat(reading.problems().getFirst().line()).isEqualTo((int) text.lines().count());
  }

  @Test
  void aTextWithDirectivesStaysWhole() {
    assertThat(TextParts.of("%YAML 1.2\n" + services(20_000), 4)).hasSize(1);
  }

  private static String services(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("---\nservice: bench/node").append(i).append("\nenabled: true\n");
    }
    return text.toString();
  }
}
