package bespoke.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.yaml.Shape.Field;
import bespoke.manifest.yaml.Shape.Fields;
import bespoke.manifest.yaml.Shape.Items;
import bespoke.manifest.yaml.Shape.Named;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentationTest {

  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(format());
    while (matcher.find()) {
      examples.add(matcher.group(1));
    }
    return examples;
  }

  private static String format() throws IOException {
    return Files.readString(Repository.path("docs/format.md"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleOfTheReferenceIsAManifest(String example) {
    assertThat(YamlReader.read("f", example.getBytes(StandardCharsets.UTF_8)).problems()).isEmpty();
  }

  @Test
  void everyKeyOfTheFormatIsInTheReference() throws IOException {
    String text = format();
    Set<String> missing = new TreeSet<>();
    for (String key : keys(ServiceShapes.SERVICE, new TreeSet<>())) {
      if (!Pattern.compile("\\b" + key + "\\b").matcher(text).find()) {
        missing.add(key);
      }
    }
    missing.removeAll(Set.of("manpath", "utmpx_prefix"));
    assertThat(missing).isEmpty();
  }

  private static Set<String> keys(Shape shape, Set<String> keys) {
    switch (shape) {
      case Fields fields -> {
        for (Field field : fields.fields().values()) {
          keys.add(field.key());
          keys(field.shape(), keys);
        }
      }
      case Items items -> keys(items.item(), keys);
      case Named named -> keys(named.value(), keys);
      default -> {}
    }
    return keys;
  }
}
