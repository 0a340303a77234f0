package bespoke.supervisor.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Reads commands from standard input until its end.
final class Shell {
  private final Session session;
  private final String prompt;
  private final @Nullable Path history;

  /// @param history every command is added to this file; null = none
  Shell(Session session, String prompt, @Nullable Path history) {
    this.session = session;
    this.prompt = prompt;
    this.history = history;
  }

  void run() {
    session.becomeInteractive();
    session.run("status");
    while (!session.hasEnded()) {
      String line = session.ask(prompt + "> ");
      if (line == null) {
        session.print("");
        return;
      }
      remember(line);
      session.run(line);
    }
  }

  private void remember(String line) {
    if (history != null && !line.isBlank()) {
      try {
        Files.writeString(
            history, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException _) {
        // a history that cannot be kept must not stop anybody from working
      }
    }
  }
}
