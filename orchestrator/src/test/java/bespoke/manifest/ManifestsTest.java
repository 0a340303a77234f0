package bespoke.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.ServiceFmri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {

  @TempDir Path directory;

  @Test
  void aDirectoryIsLoadedInTheOrderOfNamesAndOtherFilesAreIgnored() throws IOException {
    write("b.yaml", "service: b\n");
    write("a.yml", "service: a\n");
    write("sub/c.yaml", "service: c\n");
    write("README.md", "service: [");
    write("d.yaml~", "service: [");
    write(".hidden.yaml", "service: [");
    write(".git/e.yaml", "service: [");
    ManifestBundle bundle = Manifests.load(List.of(directory));
    assertThat(bundle.problems()).isEmpty();
    assertThat(bundle.services())
        .extracting("fmri")
        .containsExactly(new ServiceFmri("a"), new ServiceFmri("b"), new ServiceFmri("c"));
  }

  @Test
  void aBrokenManifestDoesNotStopTheOthers() throws IOException {
    write("a.yaml", "service: a\nbroken: true\n");
    write("b.yaml", "service: b\n");
    ManifestBundle bundle = Manifests.load(List.of(directory));
    assertThat(bundle.services()).extracting("fmri").containsExactly(new ServiceFmri("b"));
    assertThat(bundle.problems()).hasSize(1);
  }

  @Test
  void nothingOfAFileWithAnErrorIsGivenForImport() throws IOException {
    write("a.yaml", "service: a\n---\nservice: b\nbroken: true\n");
    assertThat(Manifests.load(List.of(directory)).services()).isEmpty();
  }

  @Test
  void anInstanceThatIsDescribedTwiceNamesBothPlaces() throws IOException {
    write("a.yaml", "service: x\n");
    write("b.yaml", "\nservice: x\n");
    ManifestBundle bundle = Manifests.load(List.of(directory));
    assertThat(bundle.problems()).hasSize(1);
    assertThat(bundle.problems().getFirst().toString())
        .startsWith(directory.resolve("b.yaml") + ":2:1: cannot describe svc:/x:default twice")
        .contains(directory.resolve("a.yaml") + ":1:1");
    assertThat(bundle.services()).hasSize(1);
  }

  @Test
  void aServiceMayGetMoreInstancesInAnotherFile() throws IOException {
    write("a.yaml", "service: x\nmethods: {start: {exec: /x}}\n");
    write("b.yaml", "service: x\ninstances: {second: {enabled: true}}\n");
    assertThat(Manifests.load(List.of(directory)).problems()).isEmpty();
    write("c.yaml", "service: x\nstartd: {duration: child}\ninstances: {third: {}}\n");
    assertThat(Manifests.load(List.of(directory)).problems()).hasSize(1);
  }

  @Test
  void twoDependentsOfOneNameOnOneTargetClash() throws IOException {
    String dependents =
        "dependents: {all: {grouping: optional_all, services: [milestone/multi-user]}}\n";
    write("a.yaml", "service: a\n" + dependents);
    write("b.yaml", "service: b\n" + dependents);
    write("m.yaml", "service: milestone/multi-user\nrequires: [a]\n");
    assertThat(Manifests.load(List.of(directory)).problems())
        .singleElement()
        .extracting(Problem::message)
        .isEqualTo("cannot add a dependency named \"all\" to svc:/milestone/multi-user");
  }

  @Test
  void loopsOfSymbolicLinksAndThingsThatAreNoFilesAreSurvived() throws IOException {
    write("sub/a.yaml", "service: a\n");
    Files.createSymbolicLink(directory.resolve("sub/loop"), directory);
    Files.createSymbolicLink(directory.resolve("self.yaml"), directory.resolve("self.yaml"));
    Files.createDirectory(directory.resolve("dir.yaml"));
    ManifestBundle bundle = Manifests.load(List.of(directory));
    assertThat(bundle.services()).hasSize(1);
    assertThat(bundle.problems())
        .extracting(Problem::message)
        .allMatch(m -> m.startsWith("cannot"));
  }

  @Test
  void aMissingOperandIsAProblemAndTheOthersAreLoaded() throws IOException {
    write("a.yaml", "service: a\n");
    ManifestBundle bundle =
        Manifests.load(List.of(directory.resolve("none"), directory.resolve("a.yaml")));
    assertThat(bundle.services()).hasSize(1);
    assertThat(bundle.problems()).extracting(Problem::message).containsExactly("cannot find it");
  }

  @Test
  void theHashChangesWithTheContent() throws IOException {
    write("a.yaml", "service: a\n");
    String before = Manifests.load(List.of(directory)).files().getFirst().sha256();
    write("a.yaml", "service: a\nenabled: true\n");
    String after = Manifests.load(List.of(directory)).files().getFirst().sha256();
    assertThat(before).hasSize(64).isNotEqualTo(after);
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
