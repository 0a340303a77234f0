package bespoke.cli.shell;

import bespoke.api.ConfigurationRequest;
import bespoke.api.ImportedRecord;
import bespoke.api.Outcome;
import bespoke.api.ProblemRecord;
import bespoke.api.Request;
import bespoke.api.SourceText;
import bespoke.api.TextRecord;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Files in and out: import, validate, apply, export, extract.
final class ManifestSubcommands implements Subcommands {

  private final Asking asking;
  private final Selection selection;
  private final boolean verbose;

  ManifestSubcommands(Asking asking, Selection selection, boolean verbose) {
    this.asking = asking;
    this.selection = selection;
    this.verbose = verbose;
  }

  /// Whether the words after a subcommand are names of files.
  static boolean takesFiles(String subcommand) {
    return switch (subcommand) {
      case "import", "validate", "apply" -> true;
      default -> false;
    };
  }

  @Override
  public List<String> synopses() {
    return List.of(
        "import [-n] [-V] [file|directory]...",
        "validate file|directory...",
        "apply [-n] file...",
        "export [-a] [FMRI] [> file]",
        "extract [> file]");
  }

  @Override
  public void execute(List<String> words) throws ShellException, DaemonUnreachableException {
    switch (words.getFirst()) {
      case "import" -> {
        List<SourceText> files = SourceFiles.read(operands(words));
        hand(new ConfigurationRequest.Import(files, false, !words.contains("-n"), false), "Import");
      }
      case "validate" -> {
        List<SourceText> files = SourceFiles.read(operands(words));
        if (files.isEmpty()) {
          throw ShellException.syntax("validate file|directory...");
        }
        hand(new ConfigurationRequest.Import(files, true, false, false), "Validation");
      }
      case "apply" -> {
        List<SourceText> files = SourceFiles.read(operands(words));
        if (files.isEmpty()) {
          throw ShellException.syntax("apply [-n] file...");
        }
        hand(
            new ConfigurationRequest.Apply(files, words.contains("-n"), false),
            "Application of the profile");
      }
      case "export" -> export(words);
      default -> write(asking.lines(new ConfigurationRequest.Extract(), "text"), target(words));
    }
  }

  private static List<String> operands(List<String> words) {
    List<String> operands = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      if (word.equals(">")) {
        break;
      }
      if (!word.startsWith("-")) {
        operands.add(word);
      }
    }
    return operands;
  }

  private void hand(Request request, String what)
      throws ShellException, DaemonUnreachableException {
    Outcome outcome = asking.terminal().call(request, this::report);
    for (String message : outcome.messages()) {
      asking.terminal().warn(message);
    }
    if (!outcome.isOk()) {
      throw new ShellException(what + " failed.");
    }
  }

  private void report(String kind, JsonObject fields) {
    if (kind.equals("problem")) {
      ProblemRecord problem = ProblemRecord.from(fields);
      String warning = problem.severity().equals("warning") ? "warning: " : "";
      asking.terminal().warn(warning + problem);
    } else if (kind.equals("imported") && verbose) {
      ImportedRecord imported = ImportedRecord.from(fields);
      asking.terminal().print(imported.fmri() + " " + imported.effect() + "\n");
    }
  }

  private void export(List<String> words) throws ShellException, DaemonUnreachableException {
    List<String> operands = operands(words);
    if (operands.size() > 1) {
      throw ShellException.syntax("export [-a] [FMRI] [> file]");
    }
    String entity =
        operands.isEmpty() ? selection.required() : selection.resolve(operands.getFirst());
    int colon = entity.indexOf(':', 4);
    if (colon > 0) {
      asking.terminal().warn("exporting the whole service of " + entity);
      entity = entity.substring(0, colon);
    }
    write(
        asking.lines(new ConfigurationRequest.Export(entity, words.contains("-a")), "text"),
        target(words));
  }

  /// The file after `>`, or the empty string.
  private static String target(List<String> words) throws ShellException {
    int at = words.indexOf(">");
    if (at < 0) {
      return "";
    }
    if (at + 2 != words.size()) {
      throw new ShellException("Syntax error.  One file must follow >.");
    }
    return words.getLast();
  }

  private void write(List<JsonObject> lines, String file) throws ShellException {
    StringBuilder text = new StringBuilder();
    for (JsonObject line : lines) {
      text.append(TextRecord.from(line).text());
    }
    if (file.isEmpty()) {
      asking.terminal().print(text);
      return;
    }
    try {
      Files.writeString(Path.of(file), text);
    } catch (IOException e) {
      throw new ShellException("cannot write " + file + ": " + e.getMessage());
    }
  }
}
