package bespoke.manifest.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One command of an `Exec…=` (systemd.service(5), "Command Lines").
///
/// @param assignment it stands in
/// @param ignoresFailure `-`: a failure counts as success
/// @param isPrivileged `+`, `!` or `!!`: not as the user of the unit
/// @param isLiteral `:`: no variables are replaced
/// @param hasName `@`: the second word was the name of the process, and is left out
/// @param words program and arguments, before specifiers and variables
record ExecLine(
    Assignment assignment,
    boolean ignoresFailure,
    boolean isPrivileged,
    boolean isLiteral,
    boolean hasName,
    List<Words.Word> words) {

  ExecLine {
    words = List.copyOf(words);
  }

  /// The commands of a value, more than one when `;` separates them; empty when it cannot be read.
  static Optional<List<ExecLine>> parse(Assignment assignment) {
    Optional<List<Words.Word>> words = Words.split(assignment.value());
    if (words.isEmpty()) {
      return Optional.empty();
    }
    List<ExecLine> lines = new ArrayList<>();
    List<Words.Word> command = new ArrayList<>();
    for (Words.Word word : words.get()) {
      if (word.isPlain() && word.text().equals(";")) {
        one(assignment, command).ifPresent(lines::add);
        command.clear();
      } else {
        boolean isSemicolon = word.text().equals("\\;");
        command.add(isSemicolon ? new Words.Word(";", false) : word);
      }
    }
    one(assignment, command).ifPresent(lines::add);
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }

  private static Optional<ExecLine> one(Assignment assignment, List<Words.Word> words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String program = words.getFirst().text();
    int prefix = 0;
    while (prefix < program.length() && "-@:+!|".indexOf(program.charAt(prefix)) >= 0) {
      prefix++;
    }
    String marks = program.substring(0, prefix);
    List<Words.Word> rest = new ArrayList<>(words);
    rest.set(0, new Words.Word(program.substring(prefix), words.getFirst().isPlain()));
    boolean hasName = marks.contains("@") && rest.size() > 1;
    if (hasName) {
      rest.remove(1);
    }
    return rest.getFirst().text().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ExecLine(
                assignment,
                marks.contains("-"),
                marks.contains("+") || marks.contains("!"),
                marks.contains(":"),
                hasName,
                rest));
  }
}
