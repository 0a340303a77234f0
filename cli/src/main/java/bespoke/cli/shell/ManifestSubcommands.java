package bespoke.cli.shell;

import bespoke.api.ChangeRequest;
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
  private boolean verbose;
  private int status;

  ManifestSubcommands(Asking asking, Selection selection, boolean verbose) {
    this.asking = asking;
    this.selection = selection;
    this.verbose = verbose;
  }

  boolean isVerbose() {
    return verbose;
  }

  void setVerbose(boolean whether) {
    verbose = whether;
  }

  /// Whether the words after a subcommand are names of files.
  static boolean takesFiles(String subcommand) {
    return switch (subcommand) {
      case "import", "validate", "apply", "inventory", "restore", "diff" -> true;
      default -> false;
    };
  }

  @Override
  public List<String> synopses() {
    return List.of(
        "import [-n] [-V] [--plan] [--strict] [--format FORMAT] [--json] [file|directory]...",
        "validate [--strict] [--format FORMAT] [--json] [file|directory|FMRI]...",
        "apply [-n] [--plan] [--json] file...",
        "export [-a] [--format yaml|xml] [FMRI] [> file]",
        "extract [--format yaml|xml] [> file]");
  }

  @Override
  public void execute(List<String> words) throws ShellException, DaemonUnreachableException {
    switch (words.getFirst()) {
      case "import" -> hand(words, importing(words, false), "Import");
      case "validate" -> validate(words);
      case "apply" -> {
        List<SourceText> files = SourceFiles.read(operands(words));
        if (files.isEmpty()) {
          throw ShellException.syntax(synopses().get(2));
        }
        hand(
            words,
            new ConfigurationRequest.Apply(files, words.contains("-n")),
            "Application of the profile");
      }
      case "export" -> export(words);
      default ->
          write(
              asking.lines(new ConfigurationRequest.Extract(written(words)), "text"),
              target(words));
    }
  }

  /// Files are read as for an import; what is no file is an instance whose configuration is
  /// compared with its templates.
  private void validate(List<String> words) throws ShellException, DaemonUnreachableException {
    List<String> operands = operands(words);
    boolean files = operands.stream().anyMatch(operand -> Files.exists(Path.of(operand)));
    boolean names = !operands.isEmpty() && operands.stream().noneMatch(ManifestSubcommands::isFile);
    if (files || !operands.isEmpty() && !names) {
      hand(words, importing(words, true), "Validation");
      return;
    }
    List<String> entities = new ArrayList<>();
    for (String operand : operands) {
      entities.add(selection.resolve(operand));
    }
    if (entities.isEmpty()) {
      entities.add(selection.required());
    }
    hand(words, new ConfigurationRequest.Validate(entities), "Validation");
  }

  /// Whether an operand can only be meant as a file.
  private static boolean isFile(String operand) {
    return operand.startsWith("/")
        || operand.startsWith(".")
        || operand.endsWith(".xml")
        || operand.endsWith(".yaml")
        || operand.endsWith(".yml");
  }

  /// The format to write.
  private static String written(List<String> words) throws ShellException {
    String format = option(words, FORMAT);
    return switch (format) {
      case "", "yaml" -> "yaml";
      case "xml", "smf" -> "smf";
      default ->
          throw new ShellException("cannot write the format \"" + format + "\"; use yaml or xml");
    };
  }

  private static String service(String entity) {
    int colon = entity.indexOf(':', 4);
    return colon < 0 ? entity : entity.substring(0, colon);
  }

  private static ConfigurationRequest.Import importing(List<String> words, boolean validate)
      throws ShellException {
    return new ConfigurationRequest.Import(
        SourceFiles.read(operands(words)),
        option(words, FORMAT).equals("xml") ? "smf" : option(words, FORMAT),
        words.contains("--strict"),
        words.contains("-V"),
        validate,
        !validate && !words.contains("-n"));
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
    boolean json = words.contains("--json");
    Outcome outcome;
    if (asking.isPlanning()) {
      if (!json) {
        plan(request, report, words, what);
        return;
      }
      outcome = asking.call(new ChangeRequest.Plan(request), report);
    } else {
      outcome = asking.change(request, report);
    }
    if (json) {
      asking.terminal().print(report.json());
    } else {
      report.print(asking.terminal(), verbose || words.contains("-v"));
    }
    for (String message : outcome.messages()) {
      asking.terminal().warn(message);
    }
    if (!outcome.isOk()) {
      throw new ShellException(what + " failed.", asking.isPlanning() ? 2 : 1);
    }
    status = asking.isPlanning() ? report.wouldChange() ? 1 : 0 : report.fidelity();
  }

  /// Prints the report of the files, and what would happen.
  private void plan(Request request, ImportReport report, List<String> words, String what)
      throws ShellException, DaemonUnreachableException {
    boolean all = verbose || words.contains("-v");
    int foreseen =
        asking.plan(
            request,
            report,
            () -> {
              report.print(asking.terminal(), all);
              report.printChanged(asking.terminal(), all);
            });
    if (foreseen == 2) {
      throw new ShellException(what + " failed.", 2);
    }
    status = report.wouldChange() ? 1 : 0;
  }

  @Override
  public int status() {
    return status;
  }

  private void export(List<String> words) throws ShellException, DaemonUnreachableException {
    List<String> operands = operands(words);
    if (operands.size() > 1) {
      throw ShellException.syntax(synopses().get(3));
    }
    String entity =
        operands.isEmpty() ? selection.required() : selection.resolve(operands.getFirst());
    String service = service(entity);
    if (!entity.equals(service)) {
      asking.terminal().warn("exporting the whole service of " + entity);
    }
    write(
        asking.lines(
            new ConfigurationRequest.Export(service, words.contains("-a"), written(words)), "text"),
        target(words));
  }

  /// The file after `>`, or the empty string.
  static String target(List<String> words) throws ShellException {
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
    write(asking.terminal(), lines, file);
  }

  /// Prints text, or puts it into a file.
  static void write(ShellTerminal terminal, List<JsonObject> lines, String file)
      throws ShellException {
    StringBuilder text = new StringBuilder();
    for (JsonObject line : lines) {
      text.append(TextRecord.from(line).text());
    }
    if (file.isEmpty()) {
      terminal.print(text);
      return;
    }
    try {
      Files.writeString(Path.of(file), text);
    } catch (IOException e) {
      throw new ShellException("cannot write " + file + ": " + e.getMessage());
    }
  }
}
