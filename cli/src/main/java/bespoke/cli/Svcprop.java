package bespoke.cli;

import bespoke.api.ComparisonRequest;
import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.FmriText;
import bespoke.cli.render.PropertyText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `svcprop`: the values of properties (smf.md 8.4).
final class Svcprop implements Command {

  private static final String PROPERTIES = "/:properties/";

  @Override
  public String name() {
    return "svcprop";
  }

  @Override
  public CommandSpec model(@Nullable String subcommand) {
    CommandSpec spec = Models.command("svcprop", "Prints the values of properties.");
    spec.usageMessage()
        .customSynopsis(
            "svcprop [-foqtv] [-C|-c|-s snapshot] [-p [group/]property|group]... operand...",
            "svcprop -w [-foqtv] [-p [group/]property] operand");
    spec.addOption(Models.flag("-C", "as they are now, of the entity alone"));
    spec.addOption(Models.flag("-c", "as they are now, with what the service gives"));
    spec.addOption(
        Models.value("-s", "snapshot", "as in this snapshot instead of the running one"));
    spec.addOption(Models.flag("-f", "name properties by their FMRI"));
    spec.addOption(Models.flag("-t", "print the type even of a single property"));
    spec.addOption(Models.flag("-o", "--origin", "say which file, line or person it comes from"));
    spec.addOption(
        Models.flag("-w", "wait until it changes, then print; what is named must be one thing"));
    spec.addOption(Models.flag("-q", "print nothing, only exit"));
    spec.addOption(Models.flag("-v", "say more about errors"));
    spec.addOption(Models.flag("--json", "one JSON document"));
    spec.addOption(Models.value("-z", "zone", "a zone (there is one, global)"));
    spec.addOption(Models.values("-p", "name", "only this property or property group"));
    spec.addPositional(
        Models.operands(Models.OPERANDS, "an FMRI, also of a property, an abbreviation or a glob"));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) throws DaemonUnreachableException {
    List<String> entities = new ArrayList<>();
    List<String> wanted = new ArrayList<>(Models.values(arguments, "-p"));
    boolean explicit = !wanted.isEmpty();
    for (String operand : Models.operands(arguments)) {
      int at = operand.indexOf(PROPERTIES);
      entities.add(at < 0 ? operand : operand.substring(0, at));
      if (at >= 0) {
        if (explicit) {
          throw new UsageException("-p cannot be used with the FMRI of a property");
        }
        wanted.add(operand.substring(at + PROPERTIES.length()));
      }
    }
    if (entities.isEmpty()) {
      throw new UsageException("an operand is missing");
    }
    Session.Answer answer =
        session.collect(
            arguments.hasMatchedOption("-w")
                ? change(arguments, entities, wanted)
                : new ConfigurationRequest.Properties(
                    entities, view(arguments), Models.value(arguments, "-s")),
            "entity");
    List<ConfiguredEntity> found = new ArrayList<>();
    for (JsonObject line : answer.lines()) {
      found.add(ConfiguredEntity.from(line));
    }
    boolean quiet = arguments.hasMatchedOption("-q");
    int status = print(found, wanted, arguments, session);
    int finished =
        quiet && answer.outcome().status() == 0
            ? answer.outcome().unmatched().isEmpty() ? 0 : ExitStatus.FAILED
            : session.finish(answer.outcome(), "entities");
    return Math.max(status, finished);
  }

  private static Request change(ParseResult arguments, List<String> entities, List<String> wanted) {
    if (entities.size() > 1 || wanted.size() > 1) {
      throw new UsageException("-w waits for one property or property group of one entity");
    }
    if (!view(arguments).equals("running") && !view(arguments).equals("own")) {
      throw new UsageException("-w looks at what is, not at snapshots");
    }
    String name = wanted.isEmpty() ? "" : wanted.getFirst();
    int slash = name.indexOf('/');
    return new ComparisonRequest.AwaitChange(
        entities.getFirst(), slash < 0 ? name : name.substring(0, slash));
  }

  private static String view(ParseResult arguments) {
    boolean live = arguments.hasMatchedOption("-c");
    boolean own = arguments.hasMatchedOption("-C");
    boolean snapshot = arguments.hasMatchedOption("-s");
    if (live && own || live && snapshot || own && snapshot) {
      throw new UsageException("-C, -c and -s exclude each other");
    }
    return live ? "composed" : own ? "own" : snapshot ? "snapshot" : "running";
  }

  private static int print(
      List<ConfiguredEntity> entities,
      List<String> wanted,
      ParseResult arguments,
      Session session) {
    if (arguments.hasMatchedOption("--json")) {
      session.print(JsonDocuments.of("entities", entities));
      return ExitStatus.OK;
    }
    PropertyLines lines =
        new PropertyLines(
            arguments.hasMatchedOption("-f") || entities.size() > 1,
            arguments.hasMatchedOption("-t"),
            arguments.hasMatchedOption("-o"));
    List<String> problems = new ArrayList<>();
    for (ConfiguredEntity entity : entities) {
      if (wanted.isEmpty()) {
        for (PropertyGroupRecord group : entity.groups()) {
          lines.group(entity, group);
        }
      }
      for (String name : wanted) {
        select(entity, name, wanted.size() == 1, lines, problems);
      }
    }
    if (!arguments.hasMatchedOption("-q")) {
      session.print(lines.text());
      for (String problem : problems) {
        session.error(problem);
      }
    }
    return problems.isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  /// One `-p`: a property group, or a property of one.
  private static void select(
      ConfiguredEntity entity,
      String name,
      boolean alone,
      PropertyLines lines,
      List<String> problems) {
    int slash = name.indexOf('/');
    String groupName = slash < 0 ? name : name.substring(0, slash);
    String kind = FmriText.instance(entity.fmri()).isEmpty() ? "service" : "instance";
    String whom = "' for " + kind + " `" + entity.fmri() + "'.";
    PropertyGroupRecord group = group(entity, groupName);
    if (group == null) {
      String what = slash < 0 ? "property group `" : "property `";
      problems.add("Couldn't find " + what + name + whom);
      return;
    }
    if (slash < 0) {
      lines.group(entity, group);
      return;
    }
    PropertyRecord property = property(group, name.substring(slash + 1));
    if (property == null) {
      problems.add("Couldn't find property `" + name + whom);
    } else if (property.concealed()) {
      problems.add("Permission denied.");
    } else {
      lines.property(entity, group, property, alone);
    }
  }

  private static @Nullable PropertyGroupRecord group(ConfiguredEntity entity, String name) {
    for (PropertyGroupRecord group : entity.groups()) {
      if (group.name().equals(name)) {
        return group;
      }
    }
    return null;
  }

  private static @Nullable PropertyRecord property(PropertyGroupRecord group, String name) {
    for (PropertyRecord property : group.properties()) {
      if (property.name().equals(name)) {
        return property;
      }
    }
    return null;
  }

  /// The lines of the output.
  private static final class PropertyLines {
    private final boolean full;
    private final boolean types;
    private final boolean origins;
    private final StringBuilder out = new StringBuilder();

    PropertyLines(boolean full, boolean types, boolean origins) {
      this.full = full;
      this.types = types;
      this.origins = origins;
    }

    void group(ConfiguredEntity entity, PropertyGroupRecord group) {
      for (PropertyRecord property : group.properties()) {
        property(entity, group, property, false);
      }
    }

    /// One property; alone, only its values.
    void property(
        ConfiguredEntity entity,
        PropertyGroupRecord group,
        PropertyRecord property,
        boolean alone) {
      if (full) {
        out.append(entity.fmri()).append(PROPERTIES);
      }
      if (full || types || !alone) {
        out.append(group.name()).append('/').append(property.name()).append(' ');
        out.append(property.type());
        out.append(property.values().isEmpty() ? "" : " ");
      }
      List<String> values = new ArrayList<>();
      for (String value : property.values()) {
        values.add(PropertyText.shellQuoted(value));
      }
      out.append(String.join(" ", values));
      if (origins) {
        out.append("  [");
        out.append(property.origin().isEmpty() ? "bespoke" : property.origin()).append(']');
      }
      out.append('\n');
    }

    String text() {
      return out.toString();
    }
  }
}
