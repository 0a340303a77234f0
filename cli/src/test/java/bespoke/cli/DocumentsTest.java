package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {

  @TempDir Path home;

  @Test
  void everyCommandHasAManualPageAndCompletionForThreeShells() throws IOException {
    Documents.main(new String[] {home.toString()});
    for (String name : Commands.names()) {
      assertThat(home.resolve("completion/bash/" + name)).exists();
      assertThat(home.resolve("completion/zsh/_" + name)).exists();
      assertThat(home.resolve("completion/fish/" + name + ".fish")).exists();
      Path page = home.resolve("man/man" + ManualPage.section(name) + "/" + name);
      assertThat(Path.of(page + "." + ManualPage.section(name))).exists();
    }
  }

  @Test
  void thePageOfCtrunNamesTheOptionsThatTheProgramHas() throws IOException {
    Documents.main(new String[] {home.toString()});
    assertThat(home.resolve("completion/bash/ctrun")).exists();
    String page = Files.readString(home.resolve("man/man1/ctrun.1"));
    assertThat(page).contains(".B 123\n").doesNotContain("svcadm");
    List<String> letters = new ArrayList<>();
    for (String line : page.lines().toList()) {
      if (line.matches("\\.B \\\\-[a-z].*")) {
        letters.add(line.substring(4, 6));
      }
    }
    assertThat(letters)
        .containsExactlyInAnyOrderElementsOf(optionsOf(bespoke.ctrun.CtrunHelp.text()));
  }

  /// The lines ` -x what it does` of a help text.
  private static List<String> optionsOf(String help) {
    return help.lines()
        .filter(line -> line.matches(" {2}-[a-z] .*"))
        .map(line -> line.substring(2, 4))
        .toList();
  }

  @Test
  void theManualPageNamesEveryOption() {
    String page = ManualPage.of(CommandOutline.of(new Svcadm()));
    assertThat(page).contains(".SS milestone", "\\-n, \\-\\-plan", ".SH EXIT STATUS");
  }

  @Test
  void theBashScriptIsValidAndCompletesSubcommandsAndInstances() throws Exception {
    Documents.main(new String[] {home.toString()});
    Path script = home.resolve("completion/bash/svcadm");
    String test =
        "svcs() { echo svc:/site/web:default; }; . "
            + script
            + "; COMP_WORDS=(svcadm en); COMP_CWORD=1; _bespoke_svcadm; echo \"${COMPREPLY[@]}\""
            + "; COMP_WORDS=(svcadm enable svc); COMP_CWORD=2; _bespoke_svcadm;"
            + " echo \"${COMPREPLY[@]}\"";
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", test).redirectErrorStream(true).start();
    assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("enable\nsvc:/site/web:default\n");
    assertThat(bash.waitFor()).isZero();
    assertThat(Files.size(script)).isPositive();
  }
}
