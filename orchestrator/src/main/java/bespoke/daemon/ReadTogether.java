package bespoke.daemon;

import bespoke.manifest.ManifestBundle;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.Manifests;
import bespoke.model.ServiceFmri;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads the files that changed together with those that say something about the same services:
/// several files may describe one service, XML includes XML, a drop-in adds to a unit. Read alone,
/// a changed file would take away what the others say.
///
/// Files that have nothing to do with a change are not given to the import, so that it does not
/// bring back what an administrator deleted.
final class ReadTogether {
  private static final Pattern COMPOSE = Pattern.compile("(.*/)?(docker-)?compose\\.ya?ml");

  private final List<Path> directories;
  private final List<Path> found;
  private final Map<Path, bespoke.repository.ManifestFile> known;

  /// @param directories that were searched
  /// @param found in them
  /// @param known what each file brought when it was last read
  ReadTogether(
      List<Path> directories, List<Path> found, Map<Path, bespoke.repository.ManifestFile> known) {
    this.directories = directories;
    this.found = found;
    this.known = known;
  }

  /// The changed files and what belongs to them.
  List<ManifestFile> read(Set<Path> changed) {
    Set<Path> together = neighbours(changed);
    while (true) {
      ManifestBundle bundle = Manifests.loadFound(List.copyOf(together), ManifestFormats.ALL);
      Map<Path, Set<ServiceFmri>> services = services(bundle.files());
      Set<Path> wanted = sharing(withIncluding(changed, together, services), services);
      if (!together.addAll(wanted)) {
        return bundle.files().stream()
            .filter(file -> !file.isClean() || wanted.contains(Path.of(file.name())))
            .toList();
      }
    }
  }

  /// A format whose files refer to each other is read as a whole.
  private Set<Path> neighbours(Set<Path> changed) {
    Set<Path> all = new TreeSet<>(changed);
    Set<String> families = new HashSet<>();
    changed.forEach(path -> families.add(family(path)));
    families.remove("");
    if (!families.isEmpty()) {
      found.stream().filter(path -> families.contains(family(path))).forEach(all::add);
    }
    return all;
  }

  /// The searched directory and the kind of the file; empty when such files stand alone.
  private String family(Path path) {
    String name = path.toString();
    if (name.matches(".*\\.ya?ml")) {
      return project(path);
    }
    if (name.endsWith("/supervisord.conf")) {
      return "";
    }
    String kind = name.endsWith(".xml") ? "xml " : "units ";
    return directories.stream()
        .filter(path::startsWith)
        .findFirst()
        .map(directory -> kind + directory)
        .orElse("");
  }

  /// The nearest directory with a compose file: what is below it may be included there, or be an
  /// override.
  private String project(Path path) {
    for (Path at = path.getParent(); at != null; at = at.getParent()) {
      Path directory = at;
      boolean isProject =
          found.stream()
              .anyMatch(file ->
                  directory.equals(file.getParent()) && COMPOSE.matcher(file.toString()).matches());
      if (isProject) {
        return "compose " + directory;
      }
    }
    return "";
  }

  private Map<Path, Set<ServiceFmri>> services(Collection<ManifestFile> files) {
    Map<Path, Set<ServiceFmri>> services = new HashMap<>();
    for (Path path : found) {
      bespoke.repository.ManifestFile before = known.get(path);
      services.put(path, before == null ? new HashSet<>() : new HashSet<>(before.services()));
    }
    for (ManifestFile file : files) {
      Set<ServiceFmri> now = services.computeIfAbsent(Path.of(file.name()), _ -> new HashSet<>());
      file.services().forEach(service -> now.add(service.fmri()));
    }
    return services;
  }

  /// A file that brings nothing by itself is a part of others of its kind: of XML in its directory
  /// or above, of any unit.
  private Set<Path> withIncluding(
      Set<Path> changed, Set<Path> together, Map<Path, Set<ServiceFmri>> services) {
    Set<Path> wanted = new HashSet<>(changed);
    if (wanted.containsAll(together)) {
      return wanted; // the first boot: everything is new
    }
    for (Path part : changed) {
      String family = family(part);
      if (family.isEmpty() || !services.getOrDefault(part, Set.of()).isEmpty()) {
        continue;
      }
      boolean xml = family.startsWith("xml ");
      together.stream()
          .filter(path -> family.equals(family(path)))
          .filter(path -> !xml || part.startsWith(path.resolveSibling("")))
          .forEach(wanted::add);
    }
    return wanted;
  }

  /// With all files that share a service with one of them, directly or through others.
  private static Set<Path> sharing(Set<Path> some, Map<Path, Set<ServiceFmri>> services) {
    Set<Path> wanted = new HashSet<>(some);
    Set<ServiceFmri> affected = new HashSet<>();
    List<Path> fresh = new ArrayList<>(some);
    while (!fresh.isEmpty()) {
      fresh.forEach(path -> affected.addAll(services.getOrDefault(path, Set.of())));
      fresh.clear();
      services.forEach((path, brought) -> {
        if (brought.stream().anyMatch(affected::contains) && wanted.add(path)) {
          fresh.add(path);
        }
      });
    }
    return wanted;
  }

  /// Files that share services, each set to be imported at once.
  static List<List<ManifestFile>> sets(List<ManifestFile> files) {
    Map<Path, Set<ServiceFmri>> services = new HashMap<>();
    for (ManifestFile file : files) {
      Set<ServiceFmri> brought = new HashSet<>();
      file.services().forEach(service -> brought.add(service.fmri()));
      services.put(Path.of(file.name()), brought);
    }
    List<List<ManifestFile>> sets = new ArrayList<>();
    Set<Path> done = new HashSet<>();
    for (ManifestFile file : files) {
      if (!done.contains(Path.of(file.name()))) {
        Set<Path> set = sharing(Set.of(Path.of(file.name())), services);
        done.addAll(set);
        sets.add(files.stream().filter(one -> set.contains(Path.of(one.name()))).toList());
      }
    }
    return sets;
  }
}
