package bespoke.supervisor.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Pipe keyboard = Pipe.open();
  private final Session session;

  SessionTest() throws IOException {
    session =
        new Session(
            new ClientConfiguration(
                ServerUrl.of("unix:///nonexistent/socket").orElseThrow(), null, null, "p", null),
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            new BufferedReader(Channels.newReader(keyboard.source(), StandardCharsets.UTF_8)));
  }

  private void type(String text) throws IOException {
    int _ = keyboard.sink().write(StandardCharsets.UTF_8.encode(text));
  }

  private String answer(String line) {
    printed.reset();
    session.run(line);
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsTypedAfterNobodyWaitsIsTheNextLine() throws IOException {
    var enough = new CompletableFuture<Optional<String>>();
    type("first\n");
    assertThat(session.askUntil(enough)).contains("first");
    enough.complete(Optional.empty());
    assertThat(session.askUntil(enough)).isEmpty();

    type("second\nthird\n");

    assertThat(session.ask("", false)).contains("second");
    assertThat(session.ask("", false)).contains("third");
  }

  @Test
  void theOverviewHasAsFewLinesAsFit() {
    assertThat(answer("help"))
        .isEqualTo(
            """

            default commands (type help <topic>):
            =====================================
            add    exit      open  reload  restart   start   tail  \s
            avail  fg        pid   remove  shutdown  status  update
            clear  maintail  quit  reread  signal    stop    version

            """
                .replace("update\n", "update \n"));
  }

  @Test
  void shutdownWithANameShutsNothingDown() {
    assertThat(answer("shutdown web"))
        .isEqualTo(
            """
            Error: shutdown accepts no arguments
            shutdown \tShut the remote supervisord down.
            """);
    assertThat(session.exitStatus()).isEqualTo(ExitStatus.GENERIC);
  }

  @Test
  void theStatusOfAServerThatIsAwayIsThatOfTheStockClient() {
    assertThat(answer("status")).isEqualTo("unix:///nonexistent/socket no such file\n");
    assertThat(session.exitStatus()).isEqualTo(ExitStatus.STATUS_UNKNOWN);
    assertThat(answer("start a")).isEqualTo("unix:///nonexistent/socket no such file\n");
    assertThat(session.exitStatus()).isEqualTo(ExitStatus.NOT_RUNNING);
    assertThat(answer("reread")).isEqualTo("unix:///nonexistent/socket no such file\n");
    assertThat(session.exitStatus()).isEqualTo(ExitStatus.GENERIC);
  }
}
