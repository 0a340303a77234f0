package bespoke.supervisor.ctl;

import bespoke.terminal.LineEditor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads commands until the input ends: with a line editor where a person types on a terminal,
/// plainly elsewhere.
final class Shell {
  private static final String PROGRAM = "supervisorctl";

  private final Session session;
  private final String prompt;
  private final @Nullable Path history;

  /// @param history every command is added to this file; null = none, or the person's own on a
  ///   terminal
  Shell(Session session, String prompt, @Nullable Path history) {
    this.session = session;
    this.prompt = prompt + "> ";
    this.history = history;
  }

  /// @param terminal which standard streams are one, such as `012`; empty if nobody knows
  /// @param environment where a person's history is kept if no file is named
  void run(String terminal, Map<String, String> environment) {
    try {
      if (terminal.contains("0") && terminal.contains("1")) {
        edit(environment);
      } else {
        session.becomeInteractive(null);
        converse(() -> session.ask(prompt, false), true);
      }
    } catch (IOException _) {
      // the terminal has gone: nobody is left to tell
    }
  }

  private void edit(Map<String, String> environment) throws IOException {
    try (LineEditor editor = editor(environment)) {
      session.becomeInteractive(editor);
      converse(() -> editor.readLine(prompt), false);
    }
  }

  private LineEditor editor(Map<String, String> environment) {
    Path file =
        history == null
            ? LineEditor.historyFile(
                PROGRAM,
                environment.getOrDefault("XDG_STATE_HOME", ""),
                System.getProperty("user.home", "/"))
            : history.toAbsolutePath();
    return LineEditor.onTerminal(
        PROGRAM, file, new ShellCompletion(session)::candidates, System.in, session.out());
  }

  private interface Lines {
    Optional<String> next() throws IOException;
  }

  private void converse(Lines lines, boolean remembers) throws IOException {
    session.run("status");
    while (!session.hasEnded()) {
      Optional<String> line = lines.next();
      if (line.isEmpty()) {
        session.print("");
        return;
      }
      if (remembers) {
        remember(line.get());
      }
      session.run(line.get());
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
