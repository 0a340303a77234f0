package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import bespoke.model.Names;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `Description=` and `Documentation=` of any unit, for `svcs -x` and `svccfg describe`.
final class TemplateMapping {

  private static final Pattern MANPAGE =
      Pattern.compile("man:([A-Za-z0-9_.@:+-]+)\\(([0-9a-z]+)\\)");

  private TemplateMapping() {}

  static void fill(Unit unit, Report report, GroupDraft draft) {
    unit.last("Unit", "Description")
        .ifPresent(assignment -> {
          Optional<String> known = unit.specifiers().expand(assignment.value());
          String text = known.orElse(assignment.value());
          draft.put(
              "tm_common_name",
              PropertyGroup.TEMPLATE,
              "C",
              PropertyType.USTRING,
              List.of(text),
              assignment.at());
          report.exact(assignment, "");
        });
    int number = 0;
    for (Assignment assignment : unit.all("Unit", "Documentation")) {
      List<String> lost = new ArrayList<>();
      for (String uri : Words.texts(assignment.value())) {
        if (!document(unit.specifiers().expand(uri).orElse(uri), number++, assignment, draft)) {
          lost.add(uri);
        }
      }
      if (lost.isEmpty()) {
        report.exact(assignment, "");
      } else {
        report.dropped(assignment, "no address: " + String.join(" ", lost));
      }
    }
  }

  private static boolean document(String uri, int number, Assignment said, GroupDraft draft) {
    Matcher manpage = MANPAGE.matcher(uri);
    if (manpage.matches()) {
      String title = manpage.group(1);
      String group = "tm_man_" + (title + manpage.group(2)).replaceAll("[^A-Za-z0-9.-]", "_");
      String name = Names.isName(group) ? group : "tm_man_" + number;
      put(draft, name, "section", PropertyType.ASTRING, manpage.group(2), said);
      put(draft, name, "title", PropertyType.ASTRING, title, said);
      return true;
    }
    if (!uri.matches("(https?|file|info|ghelp|man):[!-~]+")) {
      return false;
    }
    put(draft, "tm_doc_" + number, "uri", PropertyType.URI, uri, said);
    return true;
  }

  private static void put(
      GroupDraft draft,
      String group,
      String property,
      PropertyType type,
      String value,
      Assignment at) {
    draft.put(group, PropertyGroup.TEMPLATE, property, type, List.of(value), at.at());
  }
}
