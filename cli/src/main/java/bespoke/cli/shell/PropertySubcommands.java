package bespoke.cli.shell;

import bespoke.api.Change;
import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.Glob;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.PropertyText;
import java.util.ArrayList;
import java.util.List;

/// Property groups and properties.
final class PropertySubcommands implements Subcommands {

  private final Asking asking;
  private final Selection selection;

  PropertySubcommands(Asking asking, Selection selection) {
    this.asking = asking;
    this.selection = selection;
  }

  @Override
  public List<String> synopses() {
    return List.of(
        "listpg [glob]",
        "addpg name type [P]",
        "delpg name",
        "listprop [--json] [glob]",
        "setprop pg/property = [type:] value",
        "delprop pg[/property]",
        "addpropvalue pg/property [type:] value",
        "delpropvalue pg/property glob",
        "editprop",
        "describe [-v] [-t] [pg[/property]]");
  }

  @Override
  public void execute(List<String> words) throws ShellException, DaemonUnreachableException {
    switch (words.getFirst()) {
      case "listpg" -> listGroups(argument(words));
      case "listprop" -> {
        if (words.contains("--json")) {
          asking
              .terminal()
              .print(
                  AlignedRows.json(
                      "entities", List.of(new ConfiguredEntity(selection.required(), groups()))));
        } else {
          listProperties(argument(words));
        }
      }
      case "describe" -> describe(words);
      case "addpg" -> addGroup(words);
      case "delpg" -> change(Changes.of("delpg", exactly(words, 2, "delpg name").get(1)));
      case "setprop" -> change(Changes.assignment(words));
      case "delprop" -> deleteProperty(exactly(words, 2, "delprop pg[/property]").get(1));
      case "addpropvalue" -> change(Changes.value("addpropvalue", words));
      case "delpropvalue" -> change(Changes.value("delpropvalue", words));
      default -> editProperties();
    }
  }

  /// Composed, so that an instance shows what its service's templates say.
  private void describe(List<String> words) throws ShellException, DaemonUnreachableException {
    String pattern =
        words.stream().skip(1).filter(word -> !word.startsWith("-")).findFirst().orElse("");
    asking
        .terminal()
        .print(
            Describing.of(groups("composed"), pattern, words.contains("-v"), words.contains("-t")));
  }

  private static String argument(List<String> words) {
    return words.size() > 1 ? words.get(1) : "";
  }

  private static List<String> exactly(List<String> words, int count, String synopsis)
      throws ShellException {
    if (words.size() != count) {
      throw ShellException.syntax(synopsis);
    }
    return words;
  }

  private void change(Change change) throws ShellException, DaemonUnreachableException {
    asking.edit(new ConfigurationRequest.Edit(selection.required(), List.of(change)));
  }

  private void addGroup(List<String> words) throws ShellException, DaemonUnreachableException {
    if (words.size() < 3 || words.size() > 4) {
      throw ShellException.syntax("addpg name type [P]");
    }
    boolean persistent = words.size() == 3 || words.get(3).indexOf('P') < 0;
    if (!persistent) {
      asking
          .terminal()
          .warn(
              "P has no effect: the group is kept over a reboot; delpg "
                  + words.get(1)
                  + " removes it");
    }
    change(new Change("addpg", words.get(1), "", words.get(2), List.of(), persistent));
  }

  private void deleteProperty(String name) throws ShellException, DaemonUnreachableException {
    change(name.indexOf('/') < 0 ? Changes.of("delpg", name) : Changes.of("delprop", name));
  }

  private List<PropertyGroupRecord> groups() throws ShellException, DaemonUnreachableException {
    return groups("own");
  }

  /// The groups of the selected snapshot, else of the live configuration in a view.
  private List<PropertyGroupRecord> groups(String live)
      throws ShellException, DaemonUnreachableException {
    String view = selection.snapshot().isEmpty() ? live : "snapshot";
    Request request =
        new ConfigurationRequest.Properties(
            List.of(selection.required()), view, selection.snapshot());
    List<PropertyGroupRecord> groups = new ArrayList<>();
    for (JsonObject line : asking.lines(request, "entity")) {
      groups.addAll(ConfiguredEntity.from(line).groups());
    }
    return groups;
  }

  private void listGroups(String pattern) throws ShellException, DaemonUnreachableException {
    Glob glob = new Glob(pattern);
    List<List<String>> rows = new ArrayList<>();
    for (PropertyGroupRecord group : groups()) {
      if (pattern.isEmpty() || glob.matches(group.name())) {
        rows.add(List.of(group.name(), group.type(), group.persistent() ? "" : "NONPERSISTENT"));
      }
    }
    asking.terminal().print(AlignedRows.of(rows));
  }

  private void listProperties(String pattern) throws ShellException, DaemonUnreachableException {
    asking.terminal().print(rows(groups(), pattern));
  }

  static String rows(List<PropertyGroupRecord> groups, String pattern) {
    Glob glob = new Glob(pattern);
    List<List<String>> rows = new ArrayList<>();
    for (PropertyGroupRecord group : groups) {
      if (pattern.isEmpty() || glob.matches(group.name())) {
        rows.add(List.of(group.name(), group.type(), ""));
      }
      for (PropertyRecord property : group.properties()) {
        String name = group.name() + "/" + property.name();
        if (pattern.isEmpty() || glob.matches(name)) {
          rows.add(List.of(name, property.type(), values(property)));
        }
      }
    }
    return AlignedRows.of(rows);
  }

  private static String values(PropertyRecord property) {
    List<String> values = new ArrayList<>();
    for (String value : property.values()) {
      values.add(PropertyText.quoted(value));
    }
    return String.join(" ", values);
  }

  private void editProperties() throws ShellException, DaemonUnreachableException {
    List<String> lines = PropertyEditor.edit(groups(), asking.terminal().environment());
    List<Change> changes = new ArrayList<>();
    for (String line : lines) {
      changes.add(Changes.assignment(Words.of(line)));
    }
    if (!changes.isEmpty()) {
      asking.edit(new ConfigurationRequest.Edit(selection.required(), changes));
    }
  }
}
