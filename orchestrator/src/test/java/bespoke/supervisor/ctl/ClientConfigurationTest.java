package bespoke.supervisor.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bespoke.supervisor.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientConfigurationTest {
  @TempDir private Path directory;

  private ClientConfiguration read(String text) throws IOException, ConfigurationException {
    Path file = Files.writeString(directory.resolve("c.conf"), text);
    return ClientConfiguration.read(ClientOptions.parse(List.of()), file, Map.of());
  }

  @Test
  void pluginsAreRefusedWhereTheyStand() {
    assertThatThrownBy(() ->
            read(
                """
                [supervisorctl]
                [ctlplugin:cache]
                supervisor.ctl_factory = cache:make
                [ctlplugin:empty]
                """))
        .hasMessageContaining("cache:make cannot be resolved within [ctlplugin:cache]")
        .hasMessageContaining("remove the section")
        .hasMessageContaining("[ctlplugin:empty] does not specify a supervisor.ctl_factory");
  }

  @Test
  void includedFilesSayWhatTheFileItselfDoesNot() throws Exception {
    Files.writeString(
        directory.resolve("more.ini"),
        "[supervisorctl]\nserverurl = unix:///included\nprompt = included\n");
    String main = "[include]\nfiles = *.ini\n";

    assertThat(read(main).url().text()).isEqualTo("unix:///included");
    ClientConfiguration both = read(main + "[supervisorctl]\nserverurl = unix:///main\n");
    assertThat(both.url().text()).isEqualTo("unix:///main");
    assertThat(both.prompt()).isEqualTo("included");
  }

  @Test
  void includedFilesThatCannotBeReadAreNoReasonNotToAnswer() throws Exception {
    Files.writeString(directory.resolve("more.ini"), "nonsense\n");

    assertThat(read("[include]\nfiles = *.ini\n[supervisorctl]\nprompt = p\n").prompt())
        .isEqualTo("p");
    assertThatThrownBy(() -> read("[include]\nfiles = *.ini\n"))
        .hasMessageContaining("does not include supervisorctl section");
  }
}
