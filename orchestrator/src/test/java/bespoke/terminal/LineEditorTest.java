package bespoke.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineEditorTest {
  private static final String UP = "\033[A";

  @TempDir private Path directory;
  private final List<String> asked = new ArrayList<>();

  /// What an editor reads when these keys are pressed.
  private List<Optional<String>> typed(String keys, int lines) throws IOException {
    LineDisciplineTerminal terminal =
        new LineDisciplineTerminal(
            "test", "ansi", new ByteArrayOutputStream(), StandardCharsets.UTF_8);
    List<Optional<String>> read = new ArrayList<>();
    try (LineEditor editor =
        new TerminalEditor(terminal, "test", directory.resolve("history"), this::candidates)) {
      terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < lines; i++) {
        read.add(editor.readLine("> "));
      }
    }
    return read;
  }

  private List<String> candidates(List<String> before, String word) {
    asked.add(before + " " + word);
    return before.isEmpty() ? List.of("select", "setprop") : List.of("svc:/site/web:default");
  }

  @Test
  void theTabulatorCompletesWhatIsUnambiguous() throws IOException {
    assertThat(typed("sel\tsvc\t\r", 1).getFirst().map(String::strip))
        .contains("select svc:/site/web:default");
    assertThat(asked).contains("[] sel", "[select] svc");
  }

  @Test
  void theHistoryOutlivesTheProgramAndIsPrivate() throws IOException {
    Path history = directory.resolve("history");
    typed("first\rsecond\r", 2);
    assertThat(typed(UP + UP + "\r", 1)).containsExactly(Optional.of("first"));
    assertThat(Files.readAllLines(history)).contains("first", "second");
  }

  @Test
  void controlDEndsTheInput() throws IOException {
    assertThat(typed("right\r\004", 2)).containsExactly(Optional.of("right"), Optional.empty());
  }

  @Test
  void quotationIsLeftToTheProgram() throws IOException {
    assertThat(typed("setprop a/b = \"x \\\"y\\\" !z\"\r", 1))
        .containsExactly(Optional.of("setprop a/b = \"x \\\"y\\\" !z\""));
  }

  @Test
  void anAnswerStaysOutOfTheHistoryAndASecretIsNotShown() throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    LineDisciplineTerminal terminal =
        new LineDisciplineTerminal("test", "ansi", shown, StandardCharsets.UTF_8);
    try (LineEditor editor =
        new TerminalEditor(terminal, "test", directory.resolve("history"), this::candidates)) {
      terminal.processInputBytes("open\rname\rhush\rquit\r".getBytes(StandardCharsets.UTF_8));
      assertThat(editor.readLine("> ")).contains("open");
      assertThat(editor.ask("Username:", false)).contains("name");
      assertThat(editor.ask("Password:", true)).contains("hush");
      assertThat(editor.readLine("> ")).contains("quit");
    }
    assertThat(Files.readAllLines(directory.resolve("history"))).containsExactly("open", "quit");
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("Username:name")
        .doesNotContain("Password:hush");
  }

  @Test
  void elsewhereLinesAreReadPlainly() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LineEditor editor =
        LineEditor.plain(
            new ByteArrayInputStream("one\n".getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8))) {
      assertThat(editor.readLine("> ")).contains("one");
      assertThat(editor.readLine("> ")).isEmpty();
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("> > \n");
  }

  @Test
  void theHistoryIsKeptWithThePersonsState() {
    assertThat(LineEditor.historyFile("svccfg", "", "/home/anna"))
        .hasToString("/home/anna/.local/state/bespoke/svccfg_history");
    assertThat(LineEditor.historyFile("svccfg", "/s", "/home/anna"))
        .hasToString("/s/bespoke/svccfg_history");
  }
}
