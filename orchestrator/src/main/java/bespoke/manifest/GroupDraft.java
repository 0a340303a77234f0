package bespoke.manifest;

import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Property groups in the making, of one instance, for readers of foreign formats.
public final class GroupDraft {

  /// The longest value of a property, in characters (the repository's limit).
  private static final int VALUE_LENGTH_MAX = 4095;

  private final Complaints complaints;
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Map<String, Property>> groups = new LinkedHashMap<>();
  private final Map<String, Origin.File> origins = new LinkedHashMap<>();

  /// Told of values that cannot be kept.
  @FunctionalInterface
  public interface Complaints {
    /// @param message begins with "cannot"
    void problem(Origin.File at, String message, String hint);
  }

  public GroupDraft(Complaints complaints) {
    this.complaints = complaints;
  }

  /// Sets a property; a value that is too long is a problem.
  public GroupDraft put(
      String group,
      String type,
      String property,
      PropertyType valueType,
      List<String> values,
      Origin.File at) {
    for (String value : values) {
      if (value.length() > VALUE_LENGTH_MAX || value.indexOf('\0') >= 0) {
        complaints.problem(
            at,
            "cannot keep a value of more than 4095 characters, or with a NUL, in "
                + group
                + "/"
                + property,
            "put it into a script or a file");
        return this;
      }
    }
    types.putIfAbsent(group, type);
    origins.putIfAbsent(group, at);
    groups
        .computeIfAbsent(group, _ -> new LinkedHashMap<>())
        .put(property, new Property(property, valueType, values, at));
    return this;
  }

  /// A text in a group of the framework.
  public GroupDraft text(String group, String property, String value, Origin.File at) {
    return put(group, PropertyGroup.FRAMEWORK, property, PropertyType.ASTRING, List.of(value), at);
  }

  /// A list of texts in a group of the framework.
  public GroupDraft texts(String group, String property, List<String> values, Origin.File at) {
    return put(group, PropertyGroup.FRAMEWORK, property, PropertyType.ASTRING, values, at);
  }

  /// Adds one value to a list.
  public GroupDraft append(String group, String property, String value, Origin.File at) {
    List<String> values = new ArrayList<>(values(group, property));
    values.add(value);
    return texts(group, property, values, at);
  }

  /// The values so far.
  public List<String> values(String group, String property) {
    Property known = groups.getOrDefault(group, Map.of()).get(property);
    return known == null ? List.of() : known.values();
  }

  /// Seconds: a count when whole, else a time.
  public GroupDraft seconds(
      String group, String type, String property, String seconds, Origin.File at) {
    int point = seconds.indexOf('.');
    return point < 0
        ? put(group, type, property, PropertyType.COUNT, List.of(seconds), at)
        : put(
            group,
            type,
            property,
            PropertyType.TIME,
            List.of(seconds + "0".repeat(9 - (seconds.length() - point - 1))),
            at);
  }

  /// A method that is a command.
  public GroupDraft method(String name, String exec, Origin.File at) {
    put(name, PropertyGroup.METHOD, "type", PropertyType.ASTRING, List.of("method"), at);
    return put(name, PropertyGroup.METHOD, "exec", PropertyType.ASTRING, List.of(exec), at);
  }

  /// How long a method may take; `infinity` and nothing mean without end.
  public GroupDraft timeout(String method, String seconds, Origin.File at) {
    return seconds.equals("0") || seconds.isEmpty()
        ? this
        : seconds(method, PropertyGroup.METHOD, "timeout_seconds", seconds, at);
  }

  public PropertyGroups build() {
    Map<String, PropertyGroup> built = new LinkedHashMap<>();
    groups.forEach((name, properties) ->
        built.put(
            name,
            new PropertyGroup(
                name,
                Objects.requireNonNull(types.get(name)),
                properties,
                Objects.requireNonNull(origins.get(name)))));
    return new PropertyGroups(built);
  }
}
