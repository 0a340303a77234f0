package bespoke.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// A line editor on JLine.
final class TerminalEditor implements LineEditor {

  private static final int HISTORY_LINES_MAX = 2000;
  private static final Character NOTHING_SHOWN = '\0';

  private final Terminal terminal;
  private final LineReader reader;

  /// @param terminal becomes the editor's own
  TerminalEditor(Terminal terminal, String program, Path history, Completion completion) {
    this.terminal = terminal;
    DefaultParser parser = new DefaultParser();
    parser.setEscapeChars(new char[0]); // the program reads quotation its own way
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName(program)
            .parser(parser)
            .completer((lineReader, line, candidates) ->
                words(completion, line).forEach(word -> candidates.add(new Candidate(word))))
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.HISTORY_SIZE, HISTORY_LINES_MAX)
            .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES_MAX)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .build();
  }

  static TerminalEditor open(String program, Path history, Completion completion)
      throws IOException {
    keepPrivate(history);
    Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).build();
    return new TerminalEditor(terminal, program, history, completion);
  }

  /// Lines can hold secrets.
  private static void keepPrivate(Path history) throws IOException {
    if (!Files.exists(history)) {
      Path directory = history.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.createFile(
          history,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  private static List<String> words(Completion completion, ParsedLine line) {
    int at = Math.min(line.wordIndex(), line.words().size());
    String word = line.word().substring(0, Math.min(line.wordCursor(), line.word().length()));
    return completion.candidates(List.copyOf(line.words().subList(0, at)), word);
  }

  @Override
  public Optional<String> readLine(String prompt) {
    while (true) {
      try {
        return Optional.of(reader.readLine(prompt));
      } catch (UserInterruptException e) {
        // Ctrl-C drops the line
      } catch (EndOfFileException e) {
        return Optional.empty();
      }
    }
  }

  @Override
  public Optional<String> ask(String question, boolean isSecret) {
    reader.setVariable(LineReader.DISABLE_HISTORY, true);
    reader.setVariable(LineReader.DISABLE_COMPLETION, true);
    try {
      return Optional.of(reader.readLine(question, isSecret ? NOTHING_SHOWN : null));
    } catch (UserInterruptException | EndOfFileException e) {
      return Optional.empty();
    } finally {
      reader.setVariable(LineReader.DISABLE_HISTORY, false);
      reader.setVariable(LineReader.DISABLE_COMPLETION, false);
    }
  }

  @Override
  public void close() throws IOException {
    reader.getHistory().save();
    terminal.close();
  }
}
