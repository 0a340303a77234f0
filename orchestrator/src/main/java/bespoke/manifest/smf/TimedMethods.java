package bespoke.manifest.smf;

import bespoke.manifest.Fidelity;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads Solaris' `<periodic_method>` and `<scheduled_method>`: a start method, the restarter that
/// runs it at times, and the group that tells it when (`docs/restarters.md`).
final class TimedMethods {

  private static final String RESTARTER = "svc:/system/svc/periodic-restarter:default";
  private static final String PERIODIC = "periodic";
  private static final String SCHEDULED = "scheduled";

  /// Attributes and the properties that they become.
  private static final Map<String, String> SECONDS =
      Map.of("period", "period_seconds", "delay", "delay_seconds", "jitter", "jitter_seconds");

  private final MethodElements methods;
  private final Findings findings;

  TimedMethods(MethodElements methods, Findings findings) {
    this.methods = methods;
    this.findings = findings;
  }

  /// The groups that an element brings; none when it cannot run beside its neighbours.
  List<PropertyGroup> groups(XmlElement element, XmlElement parent) {
    if (!isAlone(element, parent)) {
      findings.dropped(
          element, "an instance has one start method; describe this one as another instance");
      return List.of();
    }
    boolean periodic = element.name().equals("periodic_method");
    Optional<Map<String, Property>> times =
        periodic ? periods(element) : Calendar.of(element, findings);
    if (times.isEmpty()) {
      return List.of();
    }
    if (element.is("recover") || element.is("persistent")) {
      add(times.get(), "persistent", PropertyType.BOOLEAN, "true", element);
    }
    List<PropertyGroup> groups = new ArrayList<>();
    methods.method(asStart(element)).ifPresent(groups::add);
    Property restarter = Property.of("restarter", PropertyType.FMRI, RESTARTER, element.place());
    groups.add(
        PropertyGroup.of("general", PropertyGroup.FRAMEWORK, List.of(restarter), element.place()));
    groups.add(
        PropertyGroup.of(
            periodic ? PERIODIC : SCHEDULED,
            PropertyGroup.FRAMEWORK,
            times.get().values(),
            element.place()));
    return groups;
  }

  private static boolean isAlone(XmlElement element, XmlElement parent) {
    boolean first =
        parent.children().stream()
            .filter(child ->
                child.name().equals("periodic_method") || child.name().equals("scheduled_method"))
            .findFirst()
            .filter(element::equals)
            .isPresent();
    return first
        && parent.all("exec_method").stream()
            .noneMatch(method -> method.attribute("name", "").equals("start"));
  }

  private static XmlElement asStart(XmlElement element) {
    Map<String, XmlElement.Attribute> attributes = new LinkedHashMap<>(element.attributes());
    attributes.put("name", new XmlElement.Attribute("start", element.place()));
    attributes.put("type", new XmlElement.Attribute("method", element.place()));
    return new XmlElement(
        element.name(), attributes, element.children(), element.text(), element.place());
  }

  private Optional<Map<String, Property>> periods(XmlElement element) {
    Map<String, Property> all = new LinkedHashMap<>();
    boolean readable = true;
    for (String attribute : List.of("period", "delay", "jitter")) {
      Optional<String> text = element.attribute(attribute);
      if (text.isEmpty() && !attribute.equals("period")) {
        continue;
      }
      String digits = text.orElse("").strip();
      if (!digits.matches("[0-9]{1,9}") || attribute.equals("period") && digits.matches("0+")) {
        findings.cannot(
            element.placeOf(attribute),
            "cannot use \"" + PropertyReading.printable(digits) + "\" as " + attribute,
            "use a number of seconds");
        readable = false;
      } else {
        String count = String.valueOf(Integer.parseInt(digits));
        add(all, SECONDS.getOrDefault(attribute, attribute), PropertyType.COUNT, count, element);
      }
    }
    return readable ? Optional.of(all) : Optional.empty();
  }

  static void add(
      Map<String, Property> all, String name, PropertyType type, String value, XmlElement at) {
    all.put(name, Property.of(name, type, value, at.place()));
  }

  /// The times of a `<scheduled_method>` as one calendar event of systemd.time(7).
  private static final class Calendar {
    private static final List<String> INTERVALS =
        List.of("minute", "hour", "day", "week", "month", "year");
    private static final List<String> DAYS =
        List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final List<String> MONTHS =
        List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private Calendar() {}

    static Optional<Map<String, Property>> of(XmlElement element, Findings findings) {
      Optional<String> event = event(element);
      if (event.isEmpty()) {
        findings.dropped(
            element, "no calendar event says this; write scheduled: {calendar: …} in YAML");
        return Optional.empty();
      }
      Map<String, Property> all = new LinkedHashMap<>();
      add(all, "calendar", PropertyType.ASTRING, event.get(), element);
      element
          .attribute("timezone")
          .ifPresent(zone -> add(all, "timezone", PropertyType.ASTRING, zone, element));
      open(element)
          .ifPresent(text ->
              findings.attribute(
                  Fidelity.APPROXIMATED,
                  element,
                  "interval",
                  text + "; here it is " + event.get()));
      return Optional.of(all);
    }

    /// What Solaris would choose by chance.
    private static Optional<String> open(XmlElement element) {
      int level = INTERVALS.indexOf(element.attribute("interval", ""));
      boolean hour = level >= 2 && element.attribute("hour").isEmpty();
      boolean minute = level >= 1 && element.attribute("minute").isEmpty();
      return hour || minute
          ? Optional.of("Solaris chooses the " + (hour ? "hour" : "minute") + " by chance")
          : Optional.empty();
    }

    private static Optional<String> event(XmlElement element) {
      String interval = element.attribute("interval", "");
      int every = number(element, "frequency", 1, 1, 59);
      int hour = number(element, "hour", 0, 0, 23);
      int minute = number(element, "minute", 0, 0, 59);
      boolean unsaid =
          every < 0
              || hour < 0
              || minute < 0
              || element.attribute("week_of_year").isPresent()
              || element.attribute("weekday_of_month").isPresent()
              || element.attribute("year").isPresent();
      if (unsaid) {
        return Optional.empty();
      }
      String time = String.format("%02d:%02d:00", hour, minute);
      return switch (interval) {
        case "minute" -> when(60 % every == 0, every == 1 ? "*:*:00" : "*:0/" + every + ":00");
        case "hour" ->
            when(
                every < 24 && 24 % every == 0,
                String.format(every == 1 ? "*:%02d:00" : "0/" + every + ":%02d:00", minute));
        case "day" -> when(every == 1, "*-*-* " + time);
        case "week" -> day(element).filter(_ -> every == 1).map(day -> day + " *-*-* " + time);
        case "month" -> date(element, "*").filter(_ -> every == 1).map(date -> date + " " + time);
        case "year" ->
            month(element)
                .flatMap(month -> date(element, month))
                .filter(_ -> every == 1)
                .map(date -> date + " " + time);
        default -> Optional.empty();
      };
    }

    private static Optional<String> when(boolean said, String event) {
      return said ? Optional.of(event) : Optional.empty();
    }

    private static Optional<String> day(XmlElement element) {
      int index = DAYS.indexOf(three(element.attribute("day", "")));
      return index < 0
          ? Optional.empty()
          : Optional.of(List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").get(index));
    }

    private static Optional<String> month(XmlElement element) {
      int named = MONTHS.indexOf(three(element.attribute("month", ""))) + 1;
      int month = named > 0 ? named : number(element, "month", -1, 1, 12);
      return month < 0 ? Optional.empty() : Optional.of(String.format("%02d", month));
    }

    private static Optional<String> date(XmlElement element, String month) {
      int day = number(element, "day_of_month", -1, 1, 31);
      return day < 0 || element.attribute("day").isPresent()
          ? Optional.empty()
          : Optional.of(String.format("*-%s-%02d", month, day));
    }

    private static String three(String name) {
      String lower = name.strip().toLowerCase(Locale.ROOT);
      return lower.matches("[a-z]{3,9}") ? lower.substring(0, 3) : "";
    }

    /// -1 when it is no such number.
    private static int number(XmlElement element, String attribute, int absent, int min, int max) {
      Optional<String> text = element.attribute(attribute).map(String::strip);
      if (text.isEmpty()) {
        return absent;
      }
      int value = text.get().matches("[0-9]{1,4}") ? Integer.parseInt(text.get()) : -1;
      return value < min || value > max ? -1 : value;
    }
  }
}
