package bespoke.supervisor.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The sections of one or several INI files, in the order of their first appearance.
///
/// A section that appears again is merged; a key that appears again replaces the earlier value.
public final class Ini {
  /// A value with the file it was read from, and where its key begins there, both counted from 1.
  public record Value(String text, String file, int line, int column) {
    /// As messages begin.
    String place() {
      return file + ":" + line + ":" + column;
    }
  }

  /// A place in a file, both counted from 1.
  public record Place(int line, int column) {}

  private final Map<String, Map<String, Value>> sections = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, String> beginnings = new LinkedHashMap<>();

  void section(String name, String file) {
    sections.computeIfAbsent(name, key -> new LinkedHashMap<>());
    files.put(name, file);
  }

  /// A section that begins at a place of its file.
  void section(String name, String file, Place place) {
    section(name, file);
    places.putIfAbsent(name, place);
    beginnings.putIfAbsent(name, file + ":" + place.line() + ":" + place.column());
  }

  void put(String section, String key, Value value) {
    sections.computeIfAbsent(section, name -> new LinkedHashMap<>()).put(key, value);
  }

  /// Adds all sections of another file; its values win.
  public void merge(Ini later) {
    later.sections.forEach((name, values) -> {
      section(name, later.files.getOrDefault(name, ""));
      beginnings.putIfAbsent(name, later.beginningOf(name));
      values.forEach((key, value) -> put(name, key, value));
    });
  }

  public boolean hasSection(String name) {
    return sections.containsKey(name);
  }

  /// The names of all sections, in the order of their first appearance.
  public List<String> sectionNames() {
    return List.copyOf(sections.keySet());
  }

  /// The names of the sections called `prefix:…`, in order.
  public List<String> sectionNames(String prefix) {
    var names = new ArrayList<String>();
    for (String name : sections.keySet()) {
      if (name.startsWith(prefix + ":")) {
        names.add(name);
      }
    }
    return names;
  }

  /// The keys (lower case) and values of a section; empty if there is no such section.
  public Map<String, Value> values(String section) {
    return Collections.unmodifiableMap(sections.getOrDefault(section, Map.of()));
  }

  public Optional<Value> value(String section, String key) {
    Map<String, Value> values = sections.get(section);
    return values == null ? Optional.empty() : Optional.ofNullable(values.get(key));
  }

  /// The file that mentioned this section last.
  public String fileOf(String section) {
    return files.getOrDefault(section, "");
  }

  /// `FILE:LINE:COLUMN` of where a section first appears; empty if nobody wrote it.
  String beginningOf(String section) {
    return beginnings.getOrDefault(section, "");
  }

  /// Where a section first appears in its file; empty if nobody wrote it.
  public Optional<Place> placeOf(String section) {
    return Optional.ofNullable(places.get(section));
  }
}
