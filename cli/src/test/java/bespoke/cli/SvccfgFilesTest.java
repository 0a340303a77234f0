package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ChangeRequest;
import bespoke.api.ComparisonRequest;
import bespoke.api.ConfigurationRequest;
import bespoke.api.ConstructRecord;
import bespoke.api.DescriptionRecord;
import bespoke.api.ErrorKind;
import bespoke.api.ImportedRecord;
import bespoke.api.Outcome;
import bespoke.api.ProblemRecord;
import bespoke.api.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What `svccfg` does with files: descriptions in, reports and descriptions out.
class SvccfgFilesTest extends SvccfgFixture {

  @Test
  void filesAndDirectoriesAreHandedOverWithTheirContent() throws IOException {
    Path directory = Files.createDirectories(root.resolve("manifests/deep"));
    Path one = Files.writeString(directory.resolve("one.yaml"), "service: one\n");
    Files.writeString(directory.resolve("README"), "not a description");
    Path two = Files.writeString(root.resolve("two.txt"), "service: two\n");
    daemon.answering(request -> List.of(new ImportedRecord("svc:/one", "created"), Outcome.OK));
    Shell.Result result = shell.run("svccfg -v import " + root.resolve("manifests") + " " + two);
    assertThat(result).isEqualTo(new Shell.Result(0, "svc:/one created\n", ""));
    assertThat(daemon.requests())
        .containsExactly(
            new ConfigurationRequest.Import(
                List.of(
                    new SourceText(one.toString(), "service: one\n"),
                    new SourceText(two.toString(), "service: two\n")),
                false,
                true));
  }

  @Test
  void problemsAreReportedWithTheirPlace() throws IOException {
    Path file = Files.writeString(root.resolve("bad.yaml"), "x");
    daemon.answering(request ->
        List.of(
            new ProblemRecord(file.toString(), 3, 5, "error", "cannot use \"x\"; remove it"),
            new Outcome(ErrorKind.INVALID.word(), 1, List.of(), List.of())));
    assertThat(shell.run("svccfg validate " + file))
        .isEqualTo(
            new Shell.Result(
                1,
                "",
                "svccfg: "
                    + file
                    + ":3:5: cannot use \"x\"; remove it\nsvccfg: Validation failed.\n"));
    assertThat(shell.run(List.of("svccfg", "import", "a\0b")).err())
        .startsWith("svccfg: cannot read a file of that name");
    assertThat(shell.run("svccfg import " + root.resolve("none.yaml")).err())
        .isEqualTo("svccfg: cannot read " + root.resolve("none.yaml") + ": it does not exist\n");
  }

  private static final ConstructRecord EXACT =
      new ConstructRecord("web.xml", 3, 5, "exact", "<dependency>", "");
  private static final ConstructRecord DROPPED =
      new ConstructRecord("web.xml", 9, 3, "dropped", "<x>", "bespoke has no x");

  private void reporting(int approximated, int dropped) {
    daemon.answering(request ->
        List.of(
            new DescriptionRecord("web.xml", "smf", 1, 12, approximated, dropped, 0),
            EXACT,
            DROPPED,
            new ImportedRecord("svc:/t/new:default", "created"),
            Outcome.OK));
  }

  @Test
  void anImportReportsWhatIsLostAndCountsTheRest() throws IOException {
    Path file = Files.writeString(root.resolve("web.xml"), "<service_bundle/>");
    reporting(0, 1);
    assertThat(shell.run("svccfg import " + file))
        .isEqualTo(
            new Shell.Result(
                6,
                """
                web.xml:9:3: dropped: <x>: bespoke has no x
                web.xml (smf): 1 service; 12 exact, 0 approximated, 1 dropped
                """,
                ""));
    assertThat(shell.run("svccfg -v import " + file).out())
        .startsWith("web.xml:3:5: exact: <dependency>\n")
        .contains("svc:/t/new:default created\n");
  }

  @Test
  void theExitStatusSaysHowMuchSurvived() throws IOException {
    Path file = Files.writeString(root.resolve("web.xml"), "<service_bundle/>");
    reporting(0, 0);
    assertThat(shell.run("svccfg import " + file).status()).isZero();
    reporting(2, 0);
    assertThat(shell.run("svccfg import " + file).status()).isEqualTo(5);
    reporting(2, 1);
    assertThat(shell.run("svccfg validate " + file).status()).isEqualTo(6);
    Shell.Result planned = shell.run("svccfg import --plan " + file);
    assertThat(planned.status()).isEqualTo(1);
    assertThat(planned.out())
        .contains("web.xml:9:3: dropped", "svc:/t/new:default created\n", "no service would start");
    assertThat(daemon.requests().getLast()).isInstanceOf(ChangeRequest.Plan.class);
  }

  @Test
  void theReportIsOneDocumentOfJson() throws IOException {
    Path file = Files.writeString(root.resolve("web.xml"), "<service_bundle/>");
    reporting(0, 1);
    String json = shell.run("svccfg import --json --strict --format smf " + file).out();
    assertThat(json)
        .contains("\"files\":[{\"file\":\"web.xml\",\"format\":\"smf\",\"services\":1,\"exact\":12")
        .contains("\"constructs\":[{\"file\":\"web.xml\",\"line\":3")
        .endsWith("}\n");
    assertThat(changes())
        .containsExactly(
            new ConfigurationRequest.Import(
                List.of(new SourceText(file.toString(), "<service_bundle/>")),
                "smf",
                true,
                false,
                false,
                true));
  }

  @Test
  void whatAFileIncludesComesAlongFromItsDirectoryOnly() throws IOException {
    Files.writeString(root.resolve("outside.xml"), "x");
    Path inside = Files.createDirectory(root.resolve("m"));
    Files.write(inside.resolve("part.xml"), new byte[] {(byte) 0xE9});
    Files.createSymbolicLink(inside.resolve("link.xml"), root.resolve("outside.xml"));
    String text =
        "<xi:include href='part.xml'/><xi:include href='../outside.xml'/>"
            + "<xi:include href='link.xml'/><xi:include href='none.xml'/>";
    Path file = Files.writeString(inside.resolve("a.xml"), text);
    Path unit = Files.writeString(root.resolve("w.service"), "[Unit]\n");
    Path dropIns = Files.createDirectory(root.resolve("w.service.d"));
    Files.writeString(dropIns.resolve("b.conf"), "[Service]\n");
    shell.run("svccfg import " + file + " " + unit);
    assertThat(changes())
        .containsExactly(
            new ConfigurationRequest.Import(
                List.of(
                    new SourceText(file.toString(), text),
                    new SourceText(unit.toString(), "[Unit]\n"),
                    new SourceText(inside.resolve("part.xml").toString(), "6Q==", true, "", true),
                    new SourceText(
                        dropIns.resolve("b.conf").toString(), "[Service]\n", false, "", true)),
                false,
                true));
  }

  @Test
  void exportGoesToStandardOutputOrIntoAFile() throws IOException {
    assertThat(shell.run("svccfg export t/a").out()).isEqualTo("service: t/a\n");
    Path file = root.resolve("out.yaml");
    shell.input("export t/a > " + file + "\n").run("svccfg");
    assertThat(file).hasContent("service: t/a\n");
  }

  @Test
  void sidesOfADifferenceAreNamesOrFiles() throws IOException {
    Path file = Files.writeString(root.resolve("t.yaml"), "service: t/a\n");
    shell.run("svccfg -s t/a:default diff");
    shell.run("svccfg diff " + file + " running");
    assertThat(changes())
        .containsExactly(
            new ComparisonRequest.Compare(
                List.of("svc:/t/a:default"), "running", "current", List.of()),
            new ComparisonRequest.Compare(
                List.of(),
                "file:" + file,
                "running",
                List.of(new SourceText(file.toString(), "service: t/a\n"))));
  }
}
