package bespoke.cli;

import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.PropertyText;
import java.util.List;

/// The property groups of type `application`, as `svcs -lv` shows them.
final class ApplicationProperties {

  private ApplicationProperties() {}

  static String of(Session session, String fmri) throws DaemonUnreachableException {
    Session.Answer answer =
        session.collect(
            new ConfigurationRequest.Properties(List.of(fmri), "running", ""), "entity");
    StringBuilder out = new StringBuilder();
    for (JsonObject line : answer.lines()) {
      for (PropertyGroupRecord group : ConfiguredEntity.from(line).groups()) {
        if (group.type().equals("application")) {
          append(out, group);
        }
      }
    }
    return out.toString();
  }

  private static void append(StringBuilder out, PropertyGroupRecord group) {
    out.append('\n').append(group.name()).append(" (application)\n");
    for (PropertyRecord property : group.properties()) {
      out.append(group.name()).append('/').append(property.name());
      out.append(" (").append(property.type()).append(") =");
      for (String value : property.values()) {
        out.append(' ').append(PropertyText.quoted(value));
      }
      out.append('\n');
    }
  }
}
