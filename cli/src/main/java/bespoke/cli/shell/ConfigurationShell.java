package bespoke.cli.shell;

import bespoke.cli.client.DaemonUnreachableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Executes the subcommands of `svccfg`, line by line.
public final class ConfigurationShell {

  private static final List<String> GENERAL =
      List.of(
          "help [subcommand]",
          "end",
          "exit",
          "quit",
          "set [-v|-V]",
          "select name|FMRI",
          "unselect");

  private final ShellTerminal terminal;
  private final boolean interactive;
  private final Asking asking;
  private final ManifestSubcommands manifests;
  private final ChangeSubcommands changes;
  private final Selection selection;
  private final Map<String, Subcommands> families = new LinkedHashMap<>();
  private final List<String> synopses = new ArrayList<>(GENERAL);
  private String pending = "";
  private boolean done;
  private int status;
  private boolean plansAll;
  private boolean tells;

  /// A shell with nothing selected.
  ///
  /// @param verbose whether to say what was done
  /// @param interactive whether a person types
  public ConfigurationShell(ShellTerminal terminal, boolean verbose, boolean interactive) {
    this.terminal = terminal;
    this.interactive = interactive;
    this.asking = new Asking(terminal, !interactive);
    this.selection = new Selection(asking);
    this.manifests = new ManifestSubcommands(asking, selection, verbose);
    add(manifests);
    add(new ArchiveSubcommands(asking));
    add(new EntitySubcommands(asking, selection));
    add(new PropertySubcommands(asking, selection));
    add(new CustomizationSubcommands(asking, selection));
    add(new DependencySubcommands(asking, selection));
    add(new DifferenceSubcommand(asking, selection));
    add(new EnvironmentSubcommands(asking, selection));
    add(new SnapshotSubcommands(asking, selection));
    this.changes = new ChangeSubcommands(asking);
    add(changes);
  }

  private void add(Subcommands family) {
    for (String synopsis : family.synopses()) {
      families.put(firstWord(synopsis), family);
      synopses.add(synopsis);
    }
  }

  private static String firstWord(String text) {
    int blank = text.indexOf(' ');
    return blank < 0 ? text : text.substring(0, blank);
  }

  /// The names of all subcommands, for help and completion.
  public static List<String> subcommands() {
    List<String> names = new ArrayList<>();
    ShellTerminal nowhere = new NoTerminal();
    for (String synopsis : new ConfigurationShell(nowhere, false, false).synopses) {
      names.add(firstWord(synopsis));
    }
    Collections.sort(names);
    return names;
  }

  /// Selects a service or an instance.
  public void select(String name) throws ShellException, DaemonUnreachableException {
    selection.select(name);
  }

  /// What could stand at a place in a line, for completion.
  ///
  /// @param before the words before it
  /// @param word what is typed of it
  public List<String> candidates(List<String> before, String word) {
    return new ShellCompletion(asking, selection, subcommands()).candidates(before, word);
  }

  /// What to print before the next line.
  public String prompt() {
    if (!pending.isEmpty()) {
      return "> ";
    }
    String snapshot = selection.snapshot().isEmpty() ? "" : "[" + selection.snapshot() + "]";
    return snapshot + (selection.fmri().isEmpty() ? "svc:" : selection.fmri()) + "> ";
  }

  /// What to exit with: for plans 0 nothing, 1 changes, 2 an error; otherwise how the last
  /// subcommand ended.
  public int status() {
    return Math.max(asking.planStatus(), status);
  }

  /// Plans every change instead of making it.
  public void plan() {
    plansAll = true;
  }

  /// Whether the last subcommand only was to tell what it would do, however that was said.
  public boolean isPlanning() {
    return plansAll || tells;
  }

  /// Whether `end` was given.
  public boolean isDone() {
    return done;
  }

  /// Does what a plan showed.
  public void apply(String plan) throws ShellException, DaemonUnreachableException {
    changes.apply(plan);
  }

  /// One subcommand as the words of a command line; those that name files are taken as they are,
  /// all others are joined with blanks and read again, as SMF does.
  public void execute(List<String> words) throws ShellException, DaemonUnreachableException {
    if (ManifestSubcommands.takesFiles(words.getFirst())
        || ChangeSubcommands.takesFiles(words.getFirst())) {
      perform(words);
    } else {
      perform(Words.of(String.join(" ", words)));
    }
    flush();
  }

  /// One line of a script; see [#flush].
  ///
  /// @param number of the line, from 1
  public void line(String line, int number) throws ShellException, DaemonUnreachableException {
    asking.line(number);
    line(line);
  }

  /// Sends the changes that were gathered; a script does so at its end, and before it tells of a
  /// mistake.
  ///
  /// @throws ShellException if one of them was refused
  public void flush() throws ShellException, DaemonUnreachableException {
    asking.flush();
  }

  /// One line; a line with an open parenthesis waits for the next.
  public void line(String line) throws ShellException, DaemonUnreachableException {
    String whole = pending.isEmpty() ? line.strip() : pending + " " + line.strip();
    pending = "";
    if (whole.isEmpty() || whole.startsWith("#")) {
      return;
    }
    if (Words.isOpen(whole)) {
      pending = whole;
      return;
    }
    perform(Words.of(whole));
  }

  /// The end of a script.
  ///
  /// @throws ShellException if a line still waits, or a change was refused
  public void end() throws ShellException, DaemonUnreachableException {
    flush();
    if (!pending.isEmpty()) {
      throw new ShellException("Syntax error.  A parenthesis is not closed.");
    }
  }

  private void perform(List<String> words) throws ShellException, DaemonUnreachableException {
    if (words.isEmpty()) {
      return;
    }
    List<String> rest = withoutPlan(words);
    boolean plans = plansAll || rest.size() < words.size();
    asking.planning(plans);
    tells = plans || tells(words);
    subcommand(rest);
  }

  /// The words without the option that asks for a plan: `--plan`, or `-n` where SMF gives it no
  /// other meaning.
  private static List<String> withoutPlan(List<String> words) {
    List<String> rest = new ArrayList<>(words);
    if (ManifestSubcommands.takesFiles(words.getFirst())) {
      rest.remove("--plan");
    } else if (words.size() > 1 && List.of("--plan", "-n").contains(words.get(1))) {
      rest.remove(1);
    }
    return rest;
  }

  /// Whether the subcommand itself has an option to change nothing.
  private static boolean tells(List<String> words) {
    return switch (words.getFirst()) {
      case "apply" -> words.contains("-n");
      case "change" -> words.contains("-n") || words.contains("--plan");
      default -> false;
    };
  }

  private void subcommand(List<String> words) throws ShellException, DaemonUnreachableException {
    switch (words.getFirst()) {
      case "help" -> help(words);
      case "end", "exit", "quit" -> done = true;
      case "set" -> verbosity(words);
      case "select" -> select(only(words));
      case "unselect" -> selection.unselect();
      default -> family(words);
    }
  }

  private void verbosity(List<String> words) throws ShellException {
    if (words.size() == 1) {
      terminal.print("verbose is " + (manifests.isVerbose() ? "on\n" : "off\n"));
    } else if (words.size() == 2 && List.of("-v", "-V").contains(words.getLast())) {
      manifests.setVerbose(words.getLast().equals("-v"));
    } else {
      throw ShellException.syntax("set [-v|-V]");
    }
  }

  private static String only(List<String> words) throws ShellException {
    if (words.size() != 2) {
      throw ShellException.syntax("select name|FMRI");
    }
    return words.getLast();
  }

  private void family(List<String> words) throws ShellException, DaemonUnreachableException {
    Subcommands family = families.get(words.getFirst());
    if (family == null) {
      throw new ShellException(
          "Unknown subcommand \""
              + words.getFirst()
              + "\"."
              + (interactive ? "  Type help for a list." : ""));
    }
    family.execute(words);
    status = family.status();
  }

  private void help(List<String> words) {
    StringBuilder out = new StringBuilder();
    for (String synopsis : synopses) {
      if (words.size() == 1 || firstWord(synopsis).equals(words.getLast())) {
        out.append(words.size() == 1 ? "  " : "Usage: ").append(synopsis).append('\n');
      }
    }
    terminal.print(out.isEmpty() ? "no help on " + words.getLast() + "\n" : out);
  }
}
