package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.Outcome;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The client's part of `smf.md` 8.4 and 12.7, C12-C15.
class SvcpropTest {

  @TempDir Path root;
  private FakeDaemon daemon;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon(root);
    shell = new Shell(root);
    daemon.answering(request -> List.of(entity("svc:/t/a:default"), Outcome.OK));
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  private static ConfiguredEntity entity(String fmri) {
    return new ConfiguredEntity(
        fmri,
        List.of(
            new PropertyGroupRecord(
                "config",
                "application",
                true,
                List.of(
                    property("port", "integer", "8080"),
                    property("list", "astring", "a b", "c$", ""),
                    property("none", "astring"),
                    new PropertyRecord("secret", "astring", List.of(), true, "", ""))),
            new PropertyGroupRecord(
                "start", "method", true, List.of(property("exec", "astring", "/bin/a -b")))));
  }

  private static PropertyRecord property(String name, String type, String... values) {
    return new PropertyRecord(name, type, List.of(values), false, "", "");
  }

  @Test
  void allPropertiesArePrintedWithTheirTypesAndQuotedValues() {
    assertThat(shell.run("svcprop a").out())
        .isEqualTo(
            """
            config/port integer 8080
            config/list astring a\\ b c\\$ ""
            config/none astring
            config/secret astring
            start/exec astring /bin/a\\ -b
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "-p config/port a, 8080",
    "a/:properties/config/port, 8080",
    "-t -p config/port a, config/port integer 8080",
    "-f -p config/port a, svc:/t/a:default/:properties/config/port integer 8080",
    "-p start a, start/exec astring /bin/a\\ -b"
  })
  void aSinglePropertyIsItsValues(String arguments, String line) {
    assertThat(shell.run("svcprop " + arguments).out()).isEqualTo(line + "\n");
  }

  @Test
  void severalEntitiesAreToldApartByFullNames() {
    daemon.answering(request -> List.of(entity("svc:/t/a:x"), entity("svc:/t/b:x"), Outcome.OK));
    assertThat(shell.run("svcprop -p config/port *").out())
        .isEqualTo(
            """
            svc:/t/a:x/:properties/config/port integer 8080
            svc:/t/b:x/:properties/config/port integer 8080
            """);
  }

  @Test
  void whatIsMissingOrConcealedIsSaidUnlessQuiet() {
    assertThat(shell.run("svcprop -p no a"))
        .isEqualTo(
            new Shell.Result(
                1,
                "",
                "svcprop: Couldn't find property group `no' for instance `svc:/t/a:default'.\n"));
    assertThat(shell.run("svcprop -p config/no a").err())
        .isEqualTo(
            "svcprop: Couldn't find property `config/no' for instance `svc:/t/a:default'.\n");
    assertThat(shell.run("svcprop -q -p no/such a")).isEqualTo(new Shell.Result(1, "", ""));
    assertThat(shell.run("svcprop -p config/secret a").err())
        .isEqualTo("svcprop: Permission denied.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "svcprop a, running, ''",
    "svcprop -c a, composed, ''",
    "svcprop -C a, own, ''",
    "svcprop -s start a, snapshot, start"
  })
  void theViewIsChosen(String line, String view, String snapshot) {
    shell.run(line);
    assertThat(daemon.requests())
        .containsExactly(new ConfigurationRequest.Properties(List.of("a"), view, snapshot));
  }

  @Test
  void wrongUsageExitsWithTwo() {
    assertThat(shell.run("svcprop").status()).isEqualTo(2);
    assertThat(shell.run("svcprop -c -C a").status()).isEqualTo(2);
    assertThat(shell.run("svcprop -p x a/:properties/config/port").status()).isEqualTo(2);
  }
}
