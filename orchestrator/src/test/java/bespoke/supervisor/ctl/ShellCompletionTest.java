package bespoke.supervisor.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.supervisor.TestServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ShellCompletionTest {
  @TempDir private Path directory;

  private ShellCompletion completion(Path configuration) throws Exception {
    ClientConfiguration read =
        ClientConfiguration.read(ClientOptions.parse(List.of()), configuration, Map.of());
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new ShellCompletion(new Session(read, out, new BufferedReader(new StringReader(""))));
  }

  @Test
  void theServersNamesAreOfferedWhereTheyFit() throws Exception {
    try (TestServer server =
        TestServer.start(
            directory,
            """
            [program:cat]
            command = /bin/cat
            autostart = false
            [program:many]
            command = /bin/cat
            autostart = false
            process_name = m%(process_num)d
            numprocs = 2
            """)) {
      ShellCompletion completion = completion(server.configuration());

      assertThat(completion.candidates(List.of(), "st")).contains("start", "stop", "status");
      assertThat(completion.candidates(List.of("start"), ""))
          .containsExactly("cat", "many:*", "many:m0", "many:m1", "all");
      assertThat(completion.candidates(List.of("tail"), ""))
          .containsExactly("cat", "many:m0", "many:m1");
      assertThat(completion.candidates(List.of("update"), "")).containsExactly("cat", "many");
      assertThat(completion.candidates(List.of("signal"), ""))
          .contains("HUP")
          .doesNotContain("cat");
      assertThat(completion.candidates(List.of("signal", "HUP"), "")).contains("cat", "all");
      assertThat(completion.candidates(List.of("help"), "")).contains("fg");
      assertThat(completion.candidates(List.of("shutdown"), "")).isEmpty();
    }
  }

  @Test
  void aServerThatDoesNotAnswerHasNoNames() throws Exception {
    TestServer.write(directory, "", "");

    assertThat(completion(directory.resolve("c.conf")).candidates(List.of("start"), ""))
        .containsExactly("all");
  }
}
