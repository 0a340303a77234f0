package bespoke.cli.shell;

import bespoke.api.Change;
import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `setenv` and `unsetenv`: the environment of a method, or of all of an entity's methods.
final class EnvironmentSubcommands implements Subcommands {

  private final Asking asking;
  private final Selection selection;

  EnvironmentSubcommands(Asking asking, Selection selection) {
    this.asking = asking;
    this.selection = selection;
  }

  @Override
  public List<String> synopses() {
    return List.of("setenv [-i|-s] [-m method] NAME VALUE", "unsetenv [-i|-s] [-m method] NAME");
  }

  @Override
  public void execute(List<String> words) throws ShellException, DaemonUnreachableException {
    boolean set = words.getFirst().equals("setenv");
    String entity = selection.required();
    String group = "start";
    int at = 1;
    while (at < words.size() && words.get(at).startsWith("-")) {
      switch (words.get(at)) {
        case "-i" -> {
          entity = selection.requiredInstance();
          group = "method_context";
        }
        case "-s" -> {
          entity = service(entity);
          group = "method_context";
        }
        case "-m" -> group = words.get(Math.min(++at, words.size() - 1));
        default -> throw ShellException.syntax(synopses().get(set ? 0 : 1));
      }
      at++;
    }
    if (words.size() - at != (set ? 2 : 1)) {
      throw ShellException.syntax(synopses().get(set ? 0 : 1));
    }
    change(entity, group, words.get(at), set ? words.get(at + 1) : null);
  }

  private static String service(String entity) {
    int colon = entity.indexOf(':', 4);
    return colon < 0 ? entity : entity.substring(0, colon);
  }

  private void change(String entity, String group, String name, @Nullable String value)
      throws ShellException, DaemonUnreachableException {
    List<String> variables = new ArrayList<>();
    boolean known = false;
    for (JsonObject line :
        asking.lines(
            new ConfigurationRequest.Properties(List.of(entity), "composed", ""), "entity")) {
      for (PropertyGroupRecord candidate : ConfiguredEntity.from(line).groups()) {
        if (candidate.name().equals(group)) {
          known = true;
          variables.addAll(environment(candidate));
        }
      }
    }
    variables.removeIf(variable -> variable.startsWith(name + "="));
    if (value != null) {
      variables.add(name + "=" + value);
    }
    List<Change> changes = new ArrayList<>();
    if (!known) {
      changes.add(new Change("addpg", group, "", "framework", List.of(), true));
    }
    changes.add(new Change("setprop", group, "environment", "astring", variables, true));
    asking.edit(new ConfigurationRequest.Edit(entity, changes));
  }

  private static List<String> environment(PropertyGroupRecord group) {
    for (PropertyRecord property : group.properties()) {
      if (property.name().equals("environment")) {
        return property.values();
      }
    }
    return List.of();
  }
}
