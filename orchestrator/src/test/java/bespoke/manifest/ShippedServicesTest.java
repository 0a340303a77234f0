package bespoke.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.MethodKind;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.definition.Definitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedServicesTest {

  private static final Pattern FILE = Pattern.compile("\\$BESPOKE_HOME/(services\\.d/[^\" ]+)");

  @Test
  void theShippedServicesHaveNoProblemsAndNoInvalidInstance() throws IOException {
    ManifestBundle bundle = Manifests.load(List.of(top().resolve("services.d")));
    assertThat(bundle.problems()).isEmpty();
    assertThat(definitions().values()).allMatch(definition -> definition.invalid().isEmpty());
  }

  @Test
  void whateverTheyDependOnIsShippedToo() throws IOException {
    Map<InstanceFmri, InstanceDefinition> definitions = definitions();
    Set<String> known = new HashSet<>();
    definitions
        .keySet()
        .forEach(fmri -> {
          known.add(fmri.toString());
          known.add(fmri.serviceFmri().toString());
        });
    definitions
        .values()
        .forEach(definition ->
            definition
                .dependencies()
                .forEach(dependency ->
                    assertThat(dependency.entities().stream().map(Object::toString))
                        .as("%s %s", definition.fmri(), dependency.name())
                        .isSubsetOf(known)));
  }

  @Test
  void everyFileThatAMethodRunsIsThere() throws IOException {
    List<String> files = new ArrayList<>();
    for (InstanceDefinition definition : definitions().values()) {
      String exec = definition.method(MethodKind.START).flatMap(method -> method.exec()).orElse("");
      Matcher matcher = FILE.matcher(exec);
      while (matcher.find()) {
        files.add(matcher.group(1));
      }
    }
    assertThat(files)
        .hasSizeGreaterThan(5)
        .allMatch(file -> Files.isRegularFile(top().resolve(file)));
  }

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(top().resolve("services.d/method"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyScriptIsShell(Path script) throws IOException, InterruptedException {
    Process sh =
        new ProcessBuilder("sh", "-n", script.toString()).redirectErrorStream(true).start();
    String output =
        new String(sh.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(sh.waitFor()).as(output).isZero();
    assertThat(Files.isExecutable(script)).isTrue();
  }

  @Test
  void theProgramsOfTheDemonstrationCompileWithoutWarnings(@TempDir Path classes)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
        Stream<Path> files = Files.list(top().resolve("services.d/demo"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      boolean compiled =
          compiler
              .getTask(
                  null,
                  manager,
                  null,
                  List.of("-Xlint:all", "-Werror", "-proc:none", "-d", classes.toString()),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(sources).hasSize(4);
      assertThat(compiled).isTrue();
    }
  }

  private static Map<InstanceFmri, InstanceDefinition> definitions() {
    Map<InstanceFmri, InstanceDefinition> all = new TreeMap<>();
    Definitions definitions = new Definitions();
    for (ServiceDescription service :
        Manifests.load(List.of(top().resolve("services.d"))).services()) {
      for (InstanceDescription instance : service.instances()) {
        InstanceFmri fmri = service.fmri().instance(instance.name());
        all.put(
            fmri,
            definitions.read(
                fmri, service.groups().overriddenBy(instance.groups()), instance.origin()));
      }
    }
    return all;
  }

  private static Path top() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.isDirectory(directory.resolve("services.d"))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException("the tests run outside of the source tree");
    }
    return directory;
  }
}
