package bespoke.cli.shell;

import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.Glob;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.PropertyText;
import java.util.ArrayList;
import java.util.List;

/// What administrators changed, and back to the manifest's: `listcust`, `delcust`.
final class CustomizationSubcommands implements Subcommands {

  private final Asking asking;
  private final Selection selection;

  CustomizationSubcommands(Asking asking, Selection selection) {
    this.asking = asking;
    this.selection = selection;
  }

  @Override
  public List<String> synopses() {
    return List.of("listcust [-L] [--json] [glob]", "delcust [glob]");
  }

  @Override
  public void execute(List<String> words) throws ShellException, DaemonUnreachableException {
    List<String> operands = new ArrayList<>(words.subList(1, words.size()));
    boolean profiles = words.getFirst().equals("listcust") && operands.remove("-L");
    boolean json = words.getFirst().equals("listcust") && operands.remove("--json");
    if (operands.size() > 1) {
      throw ShellException.syntax(synopses().get(words.getFirst().equals("listcust") ? 0 : 1));
    }
    String pattern = operands.isEmpty() ? "" : operands.getFirst();
    if (words.getFirst().equals("listcust")) {
      list(pattern, profiles, json);
    } else {
      asking.send(new ConfigurationRequest.DeleteCustomizations(selection.required(), pattern));
    }
  }

  private void list(String pattern, boolean profiles, boolean json)
      throws ShellException, DaemonUnreachableException {
    boolean all = selection.fmri().isEmpty();
    List<String> operands = all ? List.of() : List.of(selection.fmri());
    List<ConfiguredEntity> entities = new ArrayList<>();
    for (JsonObject line :
        asking.lines(new ConfigurationRequest.Customizations(operands), "entity")) {
      entities.add(ConfiguredEntity.from(line));
    }
    if (json) {
      asking.terminal().print(AlignedRows.json("entities", entities));
      return;
    }
    for (ConfiguredEntity entity : entities) {
      List<List<String>> rows = rows(entity, pattern, profiles);
      if (all && !rows.isEmpty()) {
        asking.terminal().print(entity.fmri() + "\n");
      }
      asking.terminal().print(AlignedRows.of(rows));
    }
  }

  private static List<List<String>> rows(
      ConfiguredEntity entity, String pattern, boolean profiles) {
    Glob glob = new Glob(pattern);
    List<List<String>> rows = new ArrayList<>();
    for (PropertyGroupRecord group : entity.groups()) {
      for (PropertyRecord property : group.properties()) {
        String name =
            property.name().isEmpty() ? group.name() : group.name() + "/" + property.name();
        boolean wanted = pattern.isEmpty() || glob.matches(name) || glob.matches(group.name());
        if (wanted && (profiles || property.layer().equals("admin"))) {
          rows.add(row(name, property, profiles));
        }
      }
    }
    return rows;
  }

  private static List<String> row(String name, PropertyRecord property, boolean profiles) {
    List<String> values = new ArrayList<>();
    property.values().forEach(value -> values.add(PropertyText.quoted(value)));
    List<String> row = new ArrayList<>();
    row.add(name);
    if (profiles) {
      row.add(property.layer());
    }
    row.add(property.type().isEmpty() ? "MASKED" : property.type());
    row.add(String.join(" ", values));
    row.add(property.origin());
    return row;
  }
}
