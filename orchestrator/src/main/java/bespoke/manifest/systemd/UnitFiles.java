package bespoke.manifest.systemd;

import bespoke.manifest.Fidelity;
import bespoke.manifest.SourceFile;
import bespoke.model.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The files of one reading, sorted by what they are.
final class UnitFiles {

  /// A link that pulls a unit in, as from `multi-user.target.wants`.
  record Pull(UnitName owner, UnitName pulled, boolean isRequired, Origin.File at) {}

  private final Report report;
  private final PasswordFile passwords;
  private final Map<UnitName, SourceFile> fragments = new TreeMap<>();
  private final Map<UnitName, SourceFile> throughLinks = new HashMap<>();
  private final Map<UnitName, UnitName> aliases = new HashMap<>();
  private final Set<UnitName> masked = new HashSet<>();
  private final Set<UnitName> instances = new LinkedHashSet<>();
  private final Map<String, List<SourceFile>> dropIns = new HashMap<>();
  private final Set<String> ownersSeen = new HashSet<>();
  private final List<Pull> pulls = new ArrayList<>();
  private final Map<String, List<Assignment>> parsed = new HashMap<>();

  UnitFiles(List<SourceFile> files, Report report, PasswordFile passwords) {
    this.report = report;
    this.passwords = passwords;
    List<SourceFile> byRank = new ArrayList<>(files);
    byRank.sort(Comparator.comparingInt(Place::rank));
    byRank.forEach(this::sort);
    throughLinks.forEach(fragments::putIfAbsent);
    masked.forEach(fragments::remove);
  }

  private void sort(SourceFile file) {
    switch (Place.of(file.name()).orElse(null)) {
      case Place.Fragment(UnitName name) -> fragment(name, file);
      case Place.DropIn(String owner) ->
          dropIns.computeIfAbsent(owner, _ -> new ArrayList<>()).add(file);
      case Place.Pull(UnitName owner, UnitName pulled, boolean isRequired) ->
          pull(owner, pulled, isRequired, file);
      case null ->
          report.problem(
              beginning(file),
              "cannot tell which unit this is",
              "give it a name such as web.service, or web.service.d/local.conf");
    }
  }

  private void fragment(UnitName name, SourceFile file) {
    boolean isFirst =
        !fragments.containsKey(name) && !masked.contains(name) && !aliases.containsKey(name);
    if (!isFirst) {
      note(file, "unit file", "not used: a directory of higher priority has " + name);
    } else if (Place.isMask(file)) {
      masked.add(name);
      note(file, "mask", name + " is never started, so it is not imported");
    } else if (!follow(name, file)) {
      fragments.put(name, file);
    }
  }

  /// Whether the file is a link to a unit of another name.
  private boolean follow(UnitName name, SourceFile file) {
    Optional<UnitName> target = Place.target(file).filter(other -> !other.equals(name));
    if (target.isEmpty()) {
      return false;
    }
    if (file.bytes().length > 0) {
      throughLinks.putIfAbsent(target.get(), file);
    }
    if (name.isTemplated() && !name.isTemplate() && name.template().equals(target.get())) {
      instances.add(name);
      note(file, "instance", name + " is an instance of " + target.get());
    } else {
      aliases.put(name, target.get());
      note(file, "alias", name + " is another name of " + target.get());
    }
    return true;
  }

  private void pull(UnitName owner, UnitName pulled, boolean isRequired, SourceFile file) {
    if (Place.isMask(file) && !file.linkTarget().isEmpty()) {
      note(file, "mask", "the link is masked");
      return;
    }
    pulls.add(new Pull(owner, pulled, isRequired, beginning(file)));
    if (pulled.isTemplated() && !pulled.isTemplate()) {
      instances.add(pulled);
    }
    UnitName source = Place.target(file).orElse(pulled);
    if (file.bytes().length > 0) {
      throughLinks.putIfAbsent(source, file);
    }
    boolean isInstance = pulled.isTemplated() && source.equals(pulled.template());
    if (!source.equals(pulled) && !isInstance) {
      aliases.putIfAbsent(pulled, source);
    }
    note(file, "link", owner + (isRequired ? " requires " : " starts ") + pulled);
  }

  private void note(SourceFile file, String construct, String text) {
    report.note(Fidelity.EXACT, beginning(file), construct, text);
  }

  static Origin.File beginning(SourceFile file) {
    return new Origin.File(file.name(), 1, 1);
  }

  /// Units and templates that have a fragment.
  Set<UnitName> names() {
    return fragments.keySet();
  }

  /// Instances that links ask for.
  Set<UnitName> instances() {
    return instances;
  }

  List<Pull> pulls() {
    return pulls;
  }

  boolean isMasked(UnitName name) {
    return masked.contains(name);
  }

  /// The unit that a name stands for; at most eight aliases are followed.
  UnitName real(UnitName name) {
    UnitName real = name;
    for (int i = 0; i < 8; i++) {
      UnitName next = aliases.get(real);
      if (next == null && real.isTemplated() && !real.isTemplate()) {
        UnitName template = aliases.get(real.template());
        next =
            template == null || !template.isTemplate()
                ? null
                : template.withInstance(real.instance());
      }
      if (next == null) {
        return real;
      }
      real = next;
    }
    return real;
  }

  /// Another name of a unit, from `Alias=`.
  void alias(UnitName name, UnitName of) {
    if (!name.equals(of) && !fragments.containsKey(name)) {
      aliases.putIfAbsent(name, of);
    }
  }

  /// A unit with its drop-ins; empty when there is no fragment for it.
  Optional<Unit> unit(UnitName name) {
    SourceFile fragment = fragments.get(name);
    if (fragment == null && name.isTemplated() && !isMasked(name)) {
      fragment = fragments.get(name.template());
    }
    if (fragment == null) {
      return Optional.empty();
    }
    List<Assignment> assignments = new ArrayList<>(parse(fragment));
    dropIns(name).forEach(file -> assignments.addAll(parse(file)));
    return Optional.of(new Unit(name, beginning(fragment), assignments, report, passwords));
  }

  private List<Assignment> parse(SourceFile file) {
    return parsed.computeIfAbsent(file.name(), _ -> UnitParser.parse(file, report));
  }

  /// In the order of their names; of two with one name the one of the more specific directory.
  private List<SourceFile> dropIns(UnitName name) {
    Map<String, SourceFile> byName = new TreeMap<>();
    for (String owner : owners(name)) {
      for (SourceFile file : dropIns.getOrDefault(owner, List.of())) {
        ownersSeen.add(owner);
        String base = file.name().substring(file.name().lastIndexOf('/') + 1);
        if (byName.putIfAbsent(base, file) != null) {
          note(file, "drop-in", "not used: a more specific directory has " + base);
        }
      }
    }
    return byName.values().stream().filter(file -> !Place.isMask(file)).toList();
  }

  private static Set<String> owners(UnitName name) {
    Set<String> owners = new LinkedHashSet<>();
    owners.add(name.toString());
    if (name.isTemplated()) {
      owners.add(name.template().toString());
    }
    String prefix = name.prefix();
    for (int dash = prefix.lastIndexOf('-'); dash > 0; dash = prefix.lastIndexOf('-', dash - 1)) {
      owners.add(prefix.substring(0, dash + 1) + "." + name.suffix());
    }
    owners.add(name.suffix());
    return owners;
  }

  /// Drop-ins of units that are not there, which say nothing then.
  Map<String, List<SourceFile>> strayDropIns() {
    Map<String, List<SourceFile>> stray = new LinkedHashMap<>(dropIns);
    stray.keySet().removeAll(ownersSeen);
    return stray;
  }
}
