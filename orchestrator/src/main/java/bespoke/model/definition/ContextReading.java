package bespoke.model.definition;

import bespoke.model.MethodContext;
import bespoke.model.MethodContext.Limit;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the method context: each property from the method's own group, else from `method_context`
/// (smf.md 6.3).
///
/// Lists (`environment`, `limits`, …) replace each other whole, as in SMF.
final class ContextReading {

  /// The properties that make up a context; any of them in a method's group gives it one.
  static final Set<String> PROPERTIES =
      Set.of(
          "user",
          "group",
          "supp_groups",
          "working_directory",
          "environment",
          "environment_files",
          "umask",
          "limits",
          "capabilities",
          "no_new_privileges",
          "nice",
          "oom_score_adj");

  private final Sharing sharing;
  private final Faults faults;
  private final @Nullable PropertyGroup shared;
  private @Nullable MethodContext ofService;

  ContextReading(PropertyGroups groups, Sharing sharing, Faults faults) {
    this.sharing = sharing;
    this.faults = faults;
    this.shared = groups.group("method_context").orElse(null);
  }

  /// The context of a method, monitor or readiness probe.
  MethodContext of(PropertyGroup method) {
    boolean own = method.properties().keySet().stream().anyMatch(PROPERTIES::contains);
    if (own) {
      return read(method);
    }
    MethodContext known = ofService;
    if (known == null) {
      known = shared == null ? MethodContext.NONE : read(null);
      ofService = known;
    }
    return known;
  }

  private MethodContext read(@Nullable PropertyGroup method) {
    return sharing.one(
        new MethodContext(
            true,
            single(method, "user"),
            single(method, "group"),
            list(method, "supp_groups"),
            single(method, "working_directory").filter(text -> !text.equals(":home")),
            values(method, "environment").orElse(List.of()),
            values(method, "environment_files").orElse(List.of()),
            umask(method),
            limits(method),
            list(method, "capabilities"),
            single(method, "no_new_privileges").orElse("").equals("true"),
            number(method, "nice", -20, 19),
            number(method, "oom_score_adj", -1000, 1000)));
  }

  private Optional<Property> find(@Nullable PropertyGroup method, String name) {
    Optional<Property> own = method == null ? Optional.empty() : method.property(name);
    return own.isPresent() || shared == null ? own : shared.property(name);
  }

  private Optional<String> single(@Nullable PropertyGroup method, String name) {
    return find(method, name)
        .flatMap(Property::single)
        .filter(text -> !text.isEmpty() && !text.equals(":default"));
  }

  private Optional<List<String>> values(@Nullable PropertyGroup method, String name) {
    return find(method, name).map(Property::values);
  }

  /// One word a value, or several in one value separated by commas and blanks.
  private Optional<List<String>> list(@Nullable PropertyGroup method, String name) {
    return values(method, name)
        .filter(values -> !values.equals(List.of(":default")))
        .map(values ->
            values.stream()
                .flatMap(value -> List.of(value.split("[, \t]+", -1)).stream())
                .filter(word -> !word.isEmpty())
                .toList());
  }

  private Optional<String> umask(@Nullable PropertyGroup method) {
    Optional<String> text = single(method, "umask");
    if (text.isPresent() && !Values.isUmask(text.get())) {
      faults.method("The umask \"" + text.get() + "\" is not octal, such as 022.");
      return Optional.empty();
    }
    return text;
  }

  private OptionalInt number(@Nullable PropertyGroup method, String name, int min, int max) {
    Optional<String> text = single(method, name);
    OptionalInt number =
        text.isEmpty() ? OptionalInt.empty() : Values.integer(text.get(), min, max);
    if (text.isPresent() && number.isEmpty()) {
      faults.method(
          "The " + name + " \"" + text.get() + "\" is no number from " + min + " to " + max + ".");
    }
    return number;
  }

  private Map<String, Limit> limits(@Nullable PropertyGroup method) {
    Map<String, Limit> limits = new LinkedHashMap<>();
    for (String value : values(method, "limits").orElse(List.of())) {
      int equals = value.indexOf('=');
      String name = equals < 0 ? value : value.substring(0, equals);
      Optional<Limit> limit =
          equals < 0 ? Optional.empty() : Values.limit(value.substring(equals + 1));
      if (limit.isEmpty() || !LinuxNames.LIMITS.contains(name)) {
        faults.method("The limit \"" + value + "\" is not NAME=SOFT or NAME=SOFT:HARD.");
      } else {
        limits.put(name, limit.get());
      }
    }
    return limits;
  }
}
