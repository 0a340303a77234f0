package bespoke.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads lines that a person types.
public interface LineEditor extends AutoCloseable {

  /// Shows a prompt and waits for a line.
  ///
  /// @return the line as typed; empty when the person ends the input (Ctrl-D)
  /// @throws IOException if the terminal is gone
  Optional<String> readLine(String prompt) throws IOException;

  /// Asks something between two lines; the answer does not get into the history.
  ///
  /// @param isSecret whether a terminal hides what is typed
  /// @return the answer; empty when the person ends the input (Ctrl-D) or gives up (Ctrl-C)
  /// @throws IOException if the terminal is gone
  default Optional<String> ask(String question, boolean isSecret) throws IOException {
    return readLine(question);
  }

  @Override
  void close() throws IOException;

  /// What could stand at a place in a line.
  @FunctionalInterface
  interface Completion {
    /// @param before the words before it
    /// @param word what is typed of it; candidates that do not begin so are left out later
    List<String> candidates(List<String> before, String word);
  }

  /// On the terminal of this process: editing, completion with the tabulator, history with the
  /// arrow keys and Ctrl-R. Where that cannot be had, lines are read plainly.
  ///
  /// @param program whose name the history file has
  /// @param history where the history is kept, readable by its owner only
  static LineEditor onTerminal(
      String program, Path history, Completion completion, InputStream in, PrintStream out) {
    try {
      return TerminalEditor.open(program, history, completion);
    } catch (IOException | LinkageError | IllegalStateException e) {
      return plain(in, out);
    }
  }

  /// Prints prompts and reads lines, nothing else.
  static LineEditor plain(InputStream in, PrintStream out) {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    return new LineEditor() {
      @Override
      public Optional<String> readLine(String prompt) throws IOException {
        out.print(prompt);
        out.flush();
        Optional<String> line = Optional.ofNullable(reader.readLine());
        if (line.isEmpty()) {
          out.print("\n");
        }
        return line;
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }

  /// Where the history of a program is kept: below `$XDG_STATE_HOME`, or `~/.local/state`.
  ///
  /// @param stateHome `$XDG_STATE_HOME`, may be empty
  /// @param home the person's home directory
  static Path historyFile(String program, String stateHome, String home) {
    Path state = stateHome.isEmpty() ? Path.of(home, ".local/state") : Path.of(stateHome);
    return state.resolve("bespoke").resolve(program + "_history");
  }
}
