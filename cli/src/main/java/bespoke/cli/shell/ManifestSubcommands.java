package bespoke.cli.shell;

import bespoke.api.ConfigurationRequest;
import bespoke.api.Outcome;
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

  private static final String FORMAT = "--format";

  private final Asking asking;
  private final Selection selection;
  private final boolean verbose;
  private int status;

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
        "import [-n] [-V] [--plan] [--strict] [--format FORMAT] [--json] [file|directory]...",
        "validate [--strict] [--format FORMAT] [--json] file|directory...",
        "apply [-n] [--plan] [--json] file...",
        "export [-a] [FMRI] [> file]",
        "extract [> file]");
  }

  @Override
  public void execute(List<String> words) throws ShellException, DaemonUnreachableException {
    switch (words.getFirst()) {
      case "import" -> hand(words, importing(words, false), "Import");
      case "validate" -> {
        if (operands(words).isEmpty()) {
          throw ShellException.syntax(synopses().get(1));
        }
        hand(words, importing(words, true), "Validation");
      }
      case "apply" -> {
        List<SourceText> files = SourceFiles.read(operands(words));
        if (files.isEmpty()) {
          throw ShellException.syntax(synopses().get(2));
        }
        boolean plan = words.contains("--plan");
        hand(
            words,
            new ConfigurationRequest.Apply(files, words.contains("-n"), plan),
            "Application of the profile");
      }
      case "export" -> export(words);
      default -> write(asking.lines(new ConfigurationRequest.Extract(), "text"), target(words));
    }
  }

  private static ConfigurationRequest.Import importing(List<String> words, boolean validate)
      throws ShellException {
    return new ConfigurationRequest.Import(
        SourceFiles.read(operands(words)),
        option(words, FORMAT),
        words.contains("--strict"),
        validate,
        !validate && !words.contains("-n"),
        words.contains("--plan"));
  }

  private static List<String> operands(List<String> words) {
    List<String> operands = new ArrayList<>();
    String before = "";
    for (String word : words.subList(1, words.size())) {
      if (word.equals(">")) {
        break;
      }
      if (!word.startsWith("-") && !before.equals(FORMAT)) {
        operands.add(word);
      }
      before = word;
    }
    return operands;
  }

  /// The value of an option, after a blank or `=`; empty if it is not given.
  private static String option(List<String> words, String name) throws ShellException {
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(name + "=")) {
        return word.substring(name.length() + 1);
      }
      if (word.equals(name)) {
        if (i + 1 == words.size()) {
          throw new ShellException("Syntax error.  " + name + " needs a value.");
        }
        return words.get(i + 1);
      }
    }
    return "";
  }

  private void hand(List<String> words, Request request, String what)
      throws ShellException, DaemonUnreachableException {
    ImportReport report = new ImportReport();
    Outcome outcome = asking.terminal().call(request, report);
    boolean json = words.contains("--json");
    boolean plan = words.contains("--plan");
    if (json) {
      asking.terminal().print(report.json());
    } else {
      report.print(asking.terminal(), verbose || words.contains("-v"));
    }
    for (String message : outcome.messages()) {
      asking.terminal().warn(message);
    }
    if (!outcome.isOk()) {
      throw new ShellException(what + " failed.", plan ? 2 : 1);
    }
    if (plan && !json) {
      report.printPlan(asking.terminal());
    }
    status = plan ? report.wouldChange() ? 1 : 0 : report.fidelity();
  }

  @Override
  public int status() {
    return status;
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
