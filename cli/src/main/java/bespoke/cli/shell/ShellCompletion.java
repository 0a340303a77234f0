package bespoke.cli.shell;

import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.NameRecord;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What could come next in a line of `svccfg`.
final class ShellCompletion {

  private static final int FILES_MAX = 1000;

  private final Asking asking;
  private final Selection selection;
  private final List<String> subcommands;

  ShellCompletion(Asking asking, Selection selection, List<String> subcommands) {
    this.asking = asking;
    this.selection = selection;
    this.subcommands = subcommands;
  }

  /// The candidates for a word; none when the daemon cannot be asked.
  List<String> candidates(List<String> before, String word) {
    if (before.isEmpty()) {
      return subcommands;
    }
    try {
      return switch (before.getFirst()) {
        case "help" -> subcommands;
        case "select", "delete", "export", "adddep", "setdep", "deldep" -> entities();
        case "listpg", "delpg", "addpg" -> before.size() > 1 ? List.of() : groups();
        case "setprop",
            "delprop",
            "listprop",
            "addpropvalue",
            "delpropvalue",
            "describe",
            "listcust",
            "delcust" ->
            before.size() > 1 ? List.of() : properties();
        case "selectsnap", "revert" -> snapshots();
        case "diff" -> Stream.concat(DifferenceSubcommand.NAMES.stream(), files(word)).toList();
        case "import", "validate", "apply", "restore", "inventory" -> files(word).toList();
        default -> List.of();
      };
    } catch (ShellException | DaemonUnreachableException | IOException e) {
      return List.of(); // a person who types must not be interrupted
    }
  }

  private List<String> entities() throws ShellException, DaemonUnreachableException {
    List<String> entities = new ArrayList<>();
    for (JsonObject line : asking.lines(new ConfigurationRequest.ListNames("", ""), "name")) {
      entities.add(NameRecord.from(line).name());
    }
    InstanceRequest all = new InstanceRequest.ListInstances(List.of(), false, false, false, true);
    for (JsonObject line : asking.lines(all, "instance")) {
      entities.add(InstanceRecord.from(line).fmri());
    }
    return entities;
  }

  private List<PropertyGroupRecord> configured() throws ShellException, DaemonUnreachableException {
    List<PropertyGroupRecord> groups = new ArrayList<>();
    if (!selection.fmri().isEmpty()) {
      for (JsonObject line :
          asking.lines(
              new ConfigurationRequest.Properties(List.of(selection.fmri()), "own", ""),
              "entity")) {
        groups.addAll(ConfiguredEntity.from(line).groups());
      }
    }
    return groups;
  }

  private List<String> groups() throws ShellException, DaemonUnreachableException {
    return configured().stream().map(PropertyGroupRecord::name).toList();
  }

  private List<String> properties() throws ShellException, DaemonUnreachableException {
    List<String> names = new ArrayList<>();
    for (PropertyGroupRecord group : configured()) {
      for (PropertyRecord property : group.properties()) {
        names.add(group.name() + "/" + property.name());
      }
    }
    return names;
  }

  private List<String> snapshots() throws ShellException, DaemonUnreachableException {
    List<String> names = new ArrayList<>();
    if (selection.isInstance()) {
      for (JsonObject line :
          asking.lines(new ConfigurationRequest.ListSnapshots(selection.fmri()), "name")) {
        names.add(NameRecord.from(line).name());
      }
    }
    return names;
  }

  /// The files beside what is typed; directories end in a slash.
  private static Stream<String> files(String word) throws IOException {
    int slash = word.lastIndexOf('/') + 1;
    String typed = word.substring(0, slash);
    Path directory = Path.of(typed.isEmpty() ? "." : typed);
    if (!Files.isDirectory(directory)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .limit(FILES_MAX)
          .map(file -> typed + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
          .sorted()
          .toList()
          .stream();
    }
  }
}
