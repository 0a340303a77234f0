package bespoke.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompanionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "    env_file: .env.production",
        "    env_file: './.env.production'",
        "    env_file:\n      - .env.production",
        "    env_file:\n      - .env.production\n      - other.env",
        "    env_file:\n    - other.env\n    - \".env.production\"",
        "    env_file: [other.env, .env.production]",
        "    env_file: [\n      .env.production\n    ]",
        "    env_file:\n      - path: .env.production\n        required: false"
      })
  void filesOfVariablesComeAlongInEveryFormOfTheirList(String lines, @TempDir Path directory)
      throws IOException {
    Path named = Files.writeString(directory.resolve(".env.production"), "A=1\n");
    String text = "services:\n  web:\n    command: web\n" + lines + "\n";
    Path file = Files.writeString(directory.resolve("compose.yaml"), text);

    assertThat(Companions.of(file, text)).contains(named);
  }

  @Test
  void aFileOfTheFirstVersionBringsItsVariables(@TempDir Path directory) throws IOException {
    Path named = Files.writeString(directory.resolve("web.env"), "A=1\n");
    String text = "web:\n  image: web\n  env_file: web.env\n";
    Path file = Files.writeString(directory.resolve("docker-compose.yml"), text);

    assertThat(Companions.of(file, text)).contains(named);
    assertThat(Companions.isPlaced(file, text)).isTrue();
  }
}
