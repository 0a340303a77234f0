package bespoke.supervisor.convert;

import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.Ini;
import bespoke.supervisor.config.IniParser;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where in a configuration the things stand that notes and problems are about.
public final class Places {
  private static final Ini.Place BEGINNING = new Ini.Place(1, 1);
  private static final List<String> KINDS = List.of("program:", "fcgi-program:", "eventlistener:");
  private static final List<String> SERVERS = List.of("unix_http_server", "inet_http_server");
  private static final Pattern BEGINNING_OF_PROBLEM =
      Pattern.compile("[^:\n]*:(\\d{1,8}):(\\d{1,8}): ");
  private static final Pattern OPTION = Pattern.compile("for option (\\S+)");

  private final Ini ini;

  private Places(Ini ini) {
    this.ini = ini;
  }

  /// The places of a text; a text that cannot be parsed has few.
  public static Places of(String text) {
    try {
      return new Places(IniParser.parse(text, ""));
    } catch (ConfigurationException _) {
      return new Places(new Ini()); // its problems name their lines
    }
  }

  /// The first of the options that a note names, else the section it is about.
  public Ini.Place of(ConversionNote note) {
    for (String section : sections(note)) {
      for (String option : note.subject().split(", ", -1)) {
        Optional<Ini.Value> value = ini.value(section, option);
        if (value.isPresent()) {
          return new Ini.Place(value.get().line(), value.get().column());
        }
      }
      Optional<Ini.Place> place = ini.placeOf(section);
      if (place.isPresent()) {
        return place.get();
      }
    }
    return BEGINNING;
  }

  private static List<String> sections(ConversionNote note) {
    if (!note.program().isEmpty()) {
      return KINDS.stream().map(kind -> kind + note.program()).toList();
    }
    String subject = note.subject();
    return subject.startsWith("[") ? List.of(subject.substring(1, subject.length() - 1)) : SERVERS;
  }

  /// A problem without the place that it may begin with.
  public static String withoutPlace(String problem) {
    Matcher place = BEGINNING_OF_PROBLEM.matcher(problem);
    return place.lookingAt() ? problem.substring(place.end()) : problem;
  }

  /// The place that a problem begins with, or that of the option and section that it names.
  public Ini.Place ofProblem(String problem) {
    Matcher place = BEGINNING_OF_PROBLEM.matcher(problem);
    if (place.lookingAt()) {
      return new Ini.Place(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)));
    }
    Matcher option = OPTION.matcher(problem);
    String key = option.find() ? option.group(1).toLowerCase(Locale.ROOT) : "";
    for (String section : ini.sectionNames()) {
      if (problem.contains("'" + section + "'") || problem.contains("[" + section + "]")) {
        return ini.value(section, key)
            .map(value -> new Ini.Place(value.line(), value.column()))
            .or(() -> ini.placeOf(section))
            .orElse(BEGINNING);
      }
    }
    return BEGINNING;
  }
}
