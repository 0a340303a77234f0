package bespoke.cli.shell;

import bespoke.api.ConfigurationRequest;
import bespoke.api.InstanceRequest;
import bespoke.api.NameRecord;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import java.util.List;

/// Snapshots, and the refresh that takes a new one.
final class SnapshotSubcommands implements Subcommands {

  private final Asking asking;
  private final Selection selection;

  SnapshotSubcommands(Asking asking, Selection selection) {
    this.asking = asking;
    this.selection = selection;
  }

  @Override
  public List<String> synopses() {
    return List.of("listsnap", "selectsnap [name]", "revert [name]", "refresh");
  }

  @Override
  public void execute(List<String> words) throws ShellException, DaemonUnreachableException {
    String name = words.size() > 1 ? words.get(1) : "";
    switch (words.getFirst()) {
      case "listsnap" -> {
        for (JsonObject line : snapshots()) {
          asking.terminal().print(NameRecord.from(line).name() + "\n");
        }
      }
      case "selectsnap" -> select(name);
      case "revert" -> revert(name.isEmpty() ? selection.snapshot() : name);
      default -> refresh();
    }
  }

  private List<JsonObject> snapshots() throws ShellException, DaemonUnreachableException {
    return asking.lines(
        new ConfigurationRequest.ListSnapshots(selection.requiredInstance()), "name");
  }

  private void select(String name) throws ShellException, DaemonUnreachableException {
    if (!name.isEmpty()) {
      boolean known = false;
      for (JsonObject line : snapshots()) {
        known |= NameRecord.from(line).name().equals(name);
      }
      if (!known) {
        throw new ShellException("No such snapshot \"" + name + "\"; listsnap names them.");
      }
    }
    selection.snapshot(name);
  }

  private void revert(String name) throws ShellException, DaemonUnreachableException {
    String instance = selection.requiredInstance();
    if (name.isEmpty()) {
      throw new ShellException("A snapshot must be named or selected.");
    }
    asking.send(new ConfigurationRequest.Revert(instance, name));
    selection.snapshot("");
  }

  private void refresh() throws ShellException, DaemonUnreachableException {
    asking.send(
        new InstanceRequest.Act(
            "refresh",
            List.of(selection.required()),
            "",
            false,
            false,
            false,
            false,
            false,
            false,
            ""));
  }
}
