package bespoke.cli.render;

import bespoke.api.DifferenceRecord;
import bespoke.api.PropertyRecord;
import java.util.ArrayList;
import java.util.List;

/// What differs between two configurations: lines of `listprop` with a minus for what was and a
/// plus for what is, each with the place or person it comes from.
public final class Differences {

  private Differences() {}

  /// The lines, grouped by entity; empty if nothing differs.
  public static String of(List<DifferenceRecord> differences) {
    StringBuilder out = new StringBuilder();
    String fmri = "";
    for (DifferenceRecord one : differences) {
      if (!one.fmri().equals(fmri)) {
        fmri = one.fmri();
        out.append(fmri).append('\n');
      }
      if (one.before().isEmpty() && one.after().isEmpty()) {
        out.append("  ~ ").append(one.group()).append("  (the property group itself)\n");
      }
      one.before().forEach(property -> line("  - ", one.group(), property, out));
      one.after().forEach(property -> line("  + ", one.group(), property, out));
    }
    return out.toString();
  }

  private static void line(String sign, String group, PropertyRecord property, StringBuilder out) {
    List<String> words = new ArrayList<>();
    words.add(group + "/" + property.name());
    words.add(property.type());
    property.values().forEach(value -> words.add(PropertyText.quoted(value)));
    if (property.concealed()) {
      words.add("(protected)");
    }
    if (!property.origin().isEmpty()) {
      words.add(" [" + property.origin() + "]");
    }
    out.append(sign).append(String.join(" ", words)).append('\n');
  }
}
