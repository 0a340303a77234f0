package bespoke.manifest.compose;

import bespoke.manifest.Fidelity;
import bespoke.manifest.GroupDraft;
import bespoke.model.Origin;
import bespoke.model.definition.LinuxNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `cap_drop` and `cap_add`: a whole set when all others are dropped, and nothing that could be
/// said of a process of this machine otherwise.
final class Capabilities {
  private static final String ALL = "all";

  private final Node.Fields service;
  private final Reading reading;
  private final GroupDraft draft;

  Capabilities(Node.Fields service, Reading reading, GroupDraft draft) {
    this.service = service;
    this.reading = reading;
    this.draft = draft;
  }

  void fill() {
    List<String> dropped = names("cap_drop");
    List<String> added = names("cap_add");
    boolean isWhole = dropped.contains(ALL) && !added.contains(ALL);
    List<String> unknown =
        added.stream().filter(it -> LinuxNames.capabilityNumber(it).isEmpty()).toList();
    if (isWhole && unknown.isEmpty()) {
      Origin.File at = service.place(added.isEmpty() ? "cap_drop" : "cap_add");
      draft.texts("method_context", "capabilities", added, at);
      note(Fidelity.EXACT, "cap_drop", "it has no capabilities but these: " + added);
      note(Fidelity.EXACT, "cap_add", "kept");
      return;
    }
    for (String key : List.of("cap_add", "cap_drop")) {
      note(
          Fidelity.DROPPED,
          key,
          "they change what a container has; set method_context/capabilities to the whole set"
              + " instead");
    }
  }

  private void note(Fidelity fidelity, String key, String text) {
    if (service.value(key) != null) {
      reading.report().note(fidelity, service.place(key), key, text);
    }
  }

  private List<String> names(String key) {
    List<String> names = new ArrayList<>();
    for (String name : reading.texts(service.value(key))) {
      names.add(name.toLowerCase(Locale.ROOT).replaceFirst("^cap_", ""));
    }
    return names;
  }
}
