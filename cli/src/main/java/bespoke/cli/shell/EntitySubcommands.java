package bespoke.cli.shell;

import bespoke.api.ConfigurationRequest;
import bespoke.api.Glob;
import bespoke.api.NameRecord;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import java.util.List;

/// Services and instances: list, add, delete.
final class EntitySubcommands implements Subcommands {

  private final Asking asking;
  private final Selection selection;

  EntitySubcommands(Asking asking, Selection selection) {
    this.asking = asking;
    this.selection = selection;
  }

  @Override
  public List<String> synopses() {
    return List.of("list [glob]", "add name", "delete [-f] name|FMRI");
  }

  @Override
  public void execute(List<String> words) throws ShellException, DaemonUnreachableException {
    switch (words.getFirst()) {
      case "list" -> list(words.size() > 1 ? words.get(1) : "");
      case "add" -> add(words);
      default -> delete(words);
    }
  }

  private void list(String pattern) throws ShellException, DaemonUnreachableException {
    Glob glob = new Glob(pattern);
    StringBuilder out = new StringBuilder();
    if (!selection.fmri().isEmpty() && (pattern.isEmpty() || glob.matches(":properties"))) {
      out.append(":properties\n");
    }
    if (!selection.isInstance()) {
      for (JsonObject line :
          asking.lines(new ConfigurationRequest.ListNames(selection.fmri(), pattern), "name")) {
        out.append(NameRecord.from(line).name()).append('\n');
      }
    }
    asking.terminal().print(out);
  }

  private void add(List<String> words) throws ShellException, DaemonUnreachableException {
    if (words.size() != 2) {
      throw ShellException.syntax("add name");
    }
    if (selection.isInstance()) {
      throw new ShellException("An instance has no children; unselect it first.");
    }
    String name = words.getLast();
    String parent = selection.fmri();
    asking.send(
        new ConfigurationRequest.Add(parent.isEmpty() ? "svc:/" + name : parent + ":" + name));
  }

  private void delete(List<String> words) throws ShellException, DaemonUnreachableException {
    boolean force = words.size() > 1 && words.get(1).equals("-f");
    if (words.size() != (force ? 3 : 2)) {
      throw ShellException.syntax("delete [-f] name|FMRI");
    }
    String entity = selection.resolve(words.getLast());
    asking.send(new ConfigurationRequest.Delete(entity, force));
    if (selection.fmri().startsWith(entity)) {
      selection.unselect();
    }
  }
}
