package bespoke.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.ServiceFmri;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatsTest {

  @TempDir Path directory;

  private final List<List<String>> offered = new ArrayList<>();
  private final Formats formats = new Formats(List.of(new Toml()));

  /// A format of a line: the name of a service.
  private final class Toml implements FormatReader {
    @Override
    public String format() {
      return "toml";
    }

    @Override
    public boolean recognizes(SourceFile file) {
      return file.baseName().endsWith(".service");
    }

    @Override
    public List<ManifestFile> read(List<SourceFile> files) {
      offered.add(files.stream().map(SourceFile::baseName).toList());
      return files.stream().map(FormatsTest::described).toList();
    }
  }

  private static ManifestFile described(SourceFile file) {
    String name = new String(file.bytes(), StandardCharsets.UTF_8).strip();
    ImportNote note = new ImportNote(Fidelity.DROPPED, file.name(), 1, 1, "x", "why");
    return new ManifestFile(
        file.name(),
        "",
        file.companion() || name.isEmpty() ? List.of() : List.of(service(name)),
        List.of(),
        file.companion() ? List.of() : List.of(note));
  }

  private static ServiceDescription service(String name, String... instances) {
    return new ServiceDescription(
        new ServiceFmri(name),
        PropertyGroups.EMPTY,
        java.util.stream.Stream.of(instances)
            .map(instance ->
                new InstanceDescription(
                    instance, Optional.of(true), PropertyGroups.EMPTY, List.of(), Origin.UNKNOWN))
            .toList(),
        List.of(),
        Origin.UNKNOWN);
  }

  private static SourceFile file(String name, String text, boolean companion) {
    return new SourceFile(name, text.getBytes(StandardCharsets.UTF_8), "", companion);
  }

  @Test
  void filesOfAFormatAreReadTogetherWithAllCompanionsAndTheOthersApart() {
    List<ManifestFile> read =
        formats.read(
            List.of(
                file("b.service", "b", false),
                file("y.yaml", "service: y", false),
                file("a.service", "a", false),
                file("env", "A=b", true)),
            "");
    assertThat(offered).containsExactly(List.of("b.service", "a.service", "env"));
    assertThat(read)
        .extracting(ManifestFile::name, ManifestFile::format)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("b.service", "toml"),
            org.assertj.core.groups.Tuple.tuple("y.yaml", "yaml"),
            org.assertj.core.groups.Tuple.tuple("a.service", "toml"));
    assertThat(read).allMatch(one -> one.sha256().length() == 64);
    assertThat(read.getFirst().isLossy()).isTrue();
    assertThat(read.get(1).isLossy()).isFalse();
  }

  @Test
  void aNamedFormatReadsWhateverItIsGiven() {
    assertThat(formats.read(List.of(file("x.yaml", "z", false)), "toml").getFirst().services())
        .containsExactly(service("z"));
    assertThat(formats.isFormat("toml")).isTrue();
    assertThat(formats.isFormat("")).isTrue();
    assertThat(formats.isFormat("fantasy")).isFalse();
  }

  @Test
  void aFormatWithoutProfilesSaysSo() {
    assertThat(formats.readProfiles(List.of(file("x.service", "z", false)), "").getFirst())
        .extracting(one -> one.problems().getFirst().message())
        .isEqualTo("cannot apply a description of the format toml");
  }

  @Test
  void aDirectoryHoldsUnitsLinksAndDropInsAndOtherFilesAreLeftAlone() throws Exception {
    Files.writeString(directory.resolve("a.service"), "a");
    Files.writeString(directory.resolve("readme.conf"), "no");
    Files.writeString(directory.resolve("part.xml"), "<part/>");
    Path dropIns = Files.createDirectory(directory.resolve("a.service.d"));
    Files.writeString(dropIns.resolve("x.conf"), "X");
    Path wants = Files.createDirectory(directory.resolve("b.target.wants"));
    Files.createSymbolicLink(wants.resolve("gone.service"), Path.of("/no/such/gone.service"));
    Files.createSymbolicLink(directory.resolve("masked.service"), Path.of("/dev/null"));
    ManifestBundle bundle = Manifests.load(List.of(directory), formats);
    assertThat(bundle.problems()).isEmpty();
    assertThat(offered.getFirst())
        .contains("a.service", "x.conf", "gone.service", "masked.service")
        .doesNotContain("readme.conf");
    assertThat(bundle.services()).containsExactly(service("a"));
  }

  @Test
  void severalDescriptionsOfOneServiceBecomeOne() {
    assertThat(
            ServiceMerge.merge(
                List.of(service("a", "x"), service("b"), service("a", "y"), service("a", "x"))))
        .containsExactly(service("a", "x", "y"), service("b"));
  }
}
