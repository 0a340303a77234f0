package bespoke.cli.shell;

import bespoke.api.ComparisonRequest;
import bespoke.api.DifferenceRecord;
import bespoke.api.SourceText;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.Differences;
import java.util.ArrayList;
import java.util.List;

/// What differs between snapshots, layers, files and what runs: `diff`.
final class DifferenceSubcommand implements Subcommands {

  private static final String SYNOPSIS = "diff [--json] [FROM [TO]]";
  static final List<String> NAMES =
      List.of(
          "running",
          "current",
          "initial",
          "last-import",
          "previous",
          "start",
          "manifest",
          "profile",
          "admin");

  private final Asking asking;
  private final Selection selection;

  DifferenceSubcommand(Asking asking, Selection selection) {
    this.asking = asking;
    this.selection = selection;
  }

  @Override
  public List<String> synopses() {
    return List.of(SYNOPSIS);
  }

  /// Without operands: what a refresh would change. With one: from there to what is configured.
  @Override
  public void execute(List<String> typed) throws ShellException, DaemonUnreachableException {
    List<String> words = new ArrayList<>(typed);
    boolean json = words.remove("--json");
    if (words.size() > 3) {
      throw ShellException.syntax(SYNOPSIS);
    }
    List<SourceText> files = new ArrayList<>();
    String before = words.size() > 1 ? side(words.get(1), files) : "running";
    String after = words.size() > 2 ? side(words.get(2), files) : "current";
    List<String> operands = selection.fmri().isEmpty() ? List.of() : List.of(selection.fmri());
    List<DifferenceRecord> differences = new ArrayList<>();
    for (JsonObject line :
        asking.lines(new ComparisonRequest.Compare(operands, before, after, files), "difference")) {
      differences.add(DifferenceRecord.from(line));
    }
    asking
        .terminal()
        .print(json ? AlignedRows.json("differences", differences) : Differences.of(differences));
  }

  /// The name of a side; anything else is a file.
  private static String side(String word, List<SourceText> files) throws ShellException {
    if (NAMES.contains(word)) {
      return word;
    }
    List<SourceText> read = SourceFiles.read(List.of(word));
    if (read.size() != 1) {
      throw new ShellException(
          "cannot compare with the directory "
              + word
              + "; name one file, or one of: "
              + String.join(" ", NAMES));
    }
    files.addAll(read);
    return "file:" + read.getFirst().name();
  }
}
