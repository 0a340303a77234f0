package bespoke.cli.shell;

import bespoke.api.EdgeDifferenceRecord;
import bespoke.api.EditingRequest.EditDependency;
import bespoke.api.Outcome;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.EdgeDifferences;
import java.util.ArrayList;
import java.util.List;

/// Edges of the dependency graph in words: `adddep`, `setdep`, `deldep`.
final class DependencySubcommands implements Subcommands {

  private static final String WORDS =
      " [requires|any|optional|excludes] [restart on none|error|restart|refresh] [as NAME]";

  private final Asking asking;
  private final Selection selection;

  DependencySubcommands(Asking asking, Selection selection) {
    this.asking = asking;
    this.selection = selection;
  }

  @Override
  public List<String> synopses() {
    return List.of(
        "adddep FMRI|path..." + WORDS,
        "setdep [FMRI|path...]" + WORDS,
        "deldep [FMRI|path...] [as NAME]");
  }

  @Override
  public void execute(List<String> words) throws ShellException, DaemonUnreachableException {
    String action =
        switch (words.getFirst()) {
          case "adddep" -> "add";
          case "setdep" -> "set";
          default -> "delete";
        };
    Reading reading = new Reading(synopses().get(List.of("add", "set", "delete").indexOf(action)));
    reading.read(words.subList(1, words.size()));
    EditDependency request =
        new EditDependency(
            selection.required(),
            action,
            reading.name,
            reading.grouping,
            reading.restartOn,
            reading.targets);
    if (asking.isPlanning()) {
      asking.plan(request, this::print, () -> {});
      return;
    }
    Outcome outcome = asking.change(request, this::print);
    if (!outcome.isOk()) {
      throw new ShellException(String.join("\n", outcome.messages()));
    }
  }

  private void print(String kind, JsonObject fields) {
    if (kind.equals("edge-difference")) {
      asking.terminal().print(EdgeDifferences.of(EdgeDifferenceRecord.from(fields)));
    }
  }

  /// The words of one subcommand, in any order.
  private static final class Reading {
    private final String synopsis;
    private final List<String> targets = new ArrayList<>();
    private String name = "";
    private String grouping = "";
    private String restartOn = "";

    Reading(String synopsis) {
      this.synopsis = synopsis;
    }

    void read(List<String> words) throws ShellException {
      int at = 0;
      while (at < words.size()) {
        String word = words.get(at);
        at++;
        switch (word) {
          case "requires", "require_all", "all" -> grouping("require_all");
          case "any", "require_any" -> grouping("require_any");
          case "optional", "optional_all" -> grouping("optional_all");
          case "excludes", "exclude_all" -> grouping("exclude_all");
          case "as" -> {
            name = next(words, at);
            at++;
          }
          case "restart", "restart_on" -> {
            while (at < words.size() && List.of("on", "=").contains(words.get(at))) {
              at++;
            }
            restartOn = restartOn(next(words, at));
            at++;
          }
          default -> targets.add(word);
        }
      }
      if (targets.isEmpty() && name.isEmpty()) {
        throw ShellException.syntax(synopsis);
      }
    }

    private void grouping(String word) throws ShellException {
      if (!grouping.isEmpty() && !grouping.equals(word)) {
        throw ShellException.syntax(synopsis);
      }
      grouping = word;
    }

    private String next(List<String> words, int at) throws ShellException {
      if (at >= words.size()) {
        throw ShellException.syntax(synopsis);
      }
      return words.get(at);
    }

    private static String restartOn(String word) throws ShellException {
      if (!List.of("none", "error", "restart", "refresh").contains(word)) {
        throw new ShellException(
            "restart on \"" + word + "\" is not known; it can be none, error, restart or refresh");
      }
      return word;
    }
  }
}
