package bespoke.manifest.yaml;

import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Names;
import bespoke.model.ServiceFmri;
import bespoke.model.definition.LinuxNames;
import bespoke.model.definition.Resource;
import bespoke.model.definition.Values;
import bespoke.model.schedule.CalendarText;
import bespoke.model.schedule.CronText;
import bespoke.model.schedule.ScheduleException;
import bespoke.model.template.PatternGroups;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a text must look like: a check for the reader and a pattern for the JSON Schema.
///
/// The pattern may accept more than the check, never less.
enum Format {
  /// Up to 4095 characters (smf(7)).
  TEXT("text", null, Format::text),
  LINE("one line of text", "^[^\\n]*$", Format::line),
  SERVICE("a service name such as site/web", Patterns.SERVICE, Format::service),
  INSTANCE("an instance name such as default", Patterns.NAME, Format::name),
  GROUP("a property group name", Patterns.NAME, Format::name),
  PROPERTY("a property name", Patterns.NAME, Format::name),
  GROUP_TYPE("a property group type such as application", Patterns.NAME, Format::name),
  FMRI("a service or instance such as site/web or svc:/site/web:blue", Patterns.FMRI, Format::fmri),
  INSTANCE_FMRI(
      "an instance such as svc:/site/supervisord:default", Patterns.FMRI, Format::instanceFmri),
  PATH("an absolute path", "^(file:|/)", Format::path),
  EXEC("a command, :true or :kill [-SIGNAL]", "^(:true[ \t]*$|:kill($|[ \t])|[^:])", Format::exec),
  COMMAND("a command", "^[^:]", Format::command),
  TCP("HOST:PORT", "^[^ /]+:([0-9]+|.*%\\{.*\\})$", Format::tcp),
  HTTP("a URL such as http://127.0.0.1:8080/", "^https?://[^ ]+$", Format::http),
  NOTIFY(
      "method, sd_notify, or fd: and a number from 3 to 255",
      "^(method|sd_notify|fd:[0-9]+)$",
      Format::notify),
  ACCOUNT("the name or number of a user or group", "^[^: \\t,]+$", Format::account),
  DIRECTORY("an absolute path, :home or :default", "^(/|:home$|:default$)", Format::directory),
  VARIABLES_FILE(
      "an absolute path, with - before it when the file may be missing",
      "^-?/",
      text -> directory(text.startsWith("-") ? text.substring(1) : text)),
  VARIABLE("the name of a variable", "^[^=]+$", Format::variable),
  UMASK("an octal number such as 022", "^[0-7]{1,4}$", Format::umask),
  LIMIT(
      "SOFT or SOFT:HARD, each a number such as 1024 or 64M, or unlimited",
      "^(unlimited|infinity|-1|[0-9]+[KMGT]?)(:(unlimited|infinity|-1|[0-9]+[KMGT]?))?$",
      Format::limit),
  SIZE(
      Resource.Form.SIZE.text(),
      "^(max|[0-9]+[KMGT]?)$",
      text -> resource(Resource.PIDS_MAX, text)),
  PERCENT(
      Resource.Form.PERCENT.text(), "^(max|[0-9]+%)$", text -> resource(Resource.CPU_MAX, text)),
  WEIGHT(Resource.Form.WEIGHT.text(), "^[0-9]+$", text -> resource(Resource.CPU_WEIGHT, text)),
  IGNORE_ERROR(
      "core, signal, or core,signal",
      "^(core|signal|core,signal|signal,core)$",
      Format::ignoreError),
  EXIT_STATUS(
      "an exit status from 0 to 255 or the name of a signal such as TERM",
      "^([0-9]{1,3}|(SIG)?[A-Z][A-Z0-9]+)$",
      Format::exitStatus),
  CALENDAR("a calendar event such as Mon..Fri 02:00 or daily", "^[^%]+$", Format::calendar),
  CRON("a cron schedule such as 0 2 * * 1-5 or @daily", "^(@|[0-9*])", Format::cron),
  LISTEN(
      "tcp://ADDRESS:PORT, udp://ADDRESS:PORT, unix:/PATH, unix-dgram:/PATH,"
          + " unix-seqpacket:/PATH or fifo:/PATH",
      "^(tcp://|udp://).*:[0-9]+$|^unix(-dgram|-seqpacket)?:[/@]|^fifo:/",
      Format::listen),
  RANGE("two numbers such as 1,65535", "^-?[0-9]+,-?[0-9]+$", Format::range),
  GROUPS("names or numbers of groups, separated by commas", "^[^:]*$", text -> null),
  URI("a URI with a scheme", "^[A-Za-z][A-Za-z0-9+.-]*:", Format::uri);

  /// The longest value of a property, in characters (smf(7)).
  static final int LENGTH_MAX = 4095;

  private final String what;
  private final @Nullable String pattern;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Function<String, @Nullable String> check;

  Format(String what, @Nullable String pattern, Function<String, @Nullable String> check) {
    this.what = what;
    this.pattern = pattern;
    this.check = check;
  }

  /// What is expected, for messages and the JSON Schema.
  String what() {
    return what;
  }

  /// An ECMA 262 regular expression, or null for any text.
  @Nullable String pattern() {
    return pattern;
  }

  /// Why the text is not of this format, or null when it is; empty when [#what] says it all.
  @Nullable String fault(String text) {
    if (text.length() > LENGTH_MAX) {
      return "it is longer than " + LENGTH_MAX + " characters";
    }
    return check.apply(text);
  }

  /// Regular expressions that are used more than once.
  private static final class Patterns {
    static final String NAME = "^([A-Za-z0-9][A-Za-z0-9_.-]*,)?[A-Za-z0-9][A-Za-z0-9_.-]*$";
    private static final String COMPONENT = "([A-Za-z0-9][A-Za-z0-9_.-]*,)?[A-Za-z][A-Za-z0-9_-]*";
    private static final String PATH =
        "^(svc:)?(//(localhost)?)?/?" + COMPONENT + "(/" + COMPONENT + ")*";
    static final String SERVICE = PATH + "$";
    static final String FMRI =
        PATH + "(:([A-Za-z0-9][A-Za-z0-9_.-]*,)?[A-Za-z0-9][A-Za-z0-9_.-]*)?$";
  }

  private static @Nullable String text(String text) {
    return text.indexOf('\0') >= 0 ? "it holds a NUL" : null;
  }

  private static @Nullable String exitStatus(String text) {
    boolean isKnown =
        Values.integer(text, 0, 255).isPresent() || LinuxNames.signalNumber(text).isPresent();
    return isKnown ? null : "";
  }

  private static @Nullable String tokens(String text) {
    String fault = text(text);
    return fault == null ? TokenSyntax.fault(text) : fault;
  }

  private static @Nullable String line(String text) {
    return text.indexOf('\n') >= 0 ? "" : text(text);
  }

  private static @Nullable String service(String text) {
    try {
      return Fmri.parse(text) instanceof ServiceFmri ? null : "it names an instance";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static @Nullable String name(String text) {
    return Names.isName(text)
        ? null
        : "letters, digits, -, _ and . are allowed, at most " + Names.LENGTH_MAX + " characters";
  }

  private static @Nullable String fmri(String text) {
    if (text.startsWith("file:") || text.startsWith("/") && !text.startsWith("//")) {
      return "it looks like a file; files stand under paths";
    }
    try {
      Fmri.parse(text);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static @Nullable String instanceFmri(String text) {
    try {
      return Fmri.parse(text) instanceof InstanceFmri
          ? null
          : "it names a service; name one of its instances, such as " + text + ":default";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static @Nullable String path(String text) {
    try {
      FileFmri.parse(text);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static @Nullable String calendar(String text) {
    try {
      CalendarText.read(text, Optional.empty());
      return null;
    } catch (ScheduleException e) {
      return e.getMessage();
    }
  }

  private static @Nullable String cron(String text) {
    try {
      CronText.read(text, Optional.empty());
      return null;
    } catch (ScheduleException e) {
      return e.getMessage();
    }
  }

  private static @Nullable String listen(String text) {
    return text.matches(
            "(tcp|udp)://[^ ]*:[0-9]{1,5}|unix(-dgram|-seqpacket)?:[/@].{1,106}|fifo:/.+")
        ? null
        : "";
  }

  private static @Nullable String exec(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return "it is empty";
    }
    if (stripped.charAt(0) != ':' || stripped.equals(":true") || stripped.equals(":kill")) {
      return tokens(text);
    }
    if (!stripped.startsWith(":kill ") && !stripped.startsWith(":kill\t")) {
      return "only :true and :kill begin with a colon";
    }
    String signal = stripped.substring(":kill".length()).strip();
    return signal.startsWith("-") && LinuxNames.isSignal(signal.substring(1))
        ? null
        : "\"" + signal + "\" is no signal such as -HUP or -9";
  }

  private static @Nullable String command(String text) {
    return text.isBlank() || text.startsWith(":") ? "" : tokens(text);
  }

  private static @Nullable String tcp(String text) {
    int colon = text.lastIndexOf(':');
    boolean tokens = text.contains("%{");
    boolean port = colon > 0 && Values.integer(text.substring(colon + 1), 1, 65_535).isPresent();
    return (port || tokens) && text.indexOf(' ') < 0 ? TokenSyntax.fault(text) : "";
  }

  private static @Nullable String http(String text) {
    boolean scheme = text.startsWith("http://") || text.startsWith("https://");
    return scheme && text.length() > "https://".length() && text.indexOf(' ') < 0
        ? TokenSyntax.fault(text)
        : "";
  }

  private static @Nullable String notify(String text) {
    boolean known = text.equals("method") || text.equals("sd_notify");
    return known || Values.descriptor(text).isPresent() ? null : "";
  }

  private static @Nullable String account(String text) {
    boolean strange = text.chars().anyMatch(c -> c == ':' || c == ',' || c <= ' ');
    return text.isEmpty() || strange ? "" : null;
  }

  private static @Nullable String directory(String text) {
    return text.startsWith("/") || text.equals(":home") || text.equals(":default")
        ? text(text)
        : "";
  }

  private static @Nullable String variable(String text) {
    return text.isEmpty() || text.indexOf('=') >= 0 ? "" : text(text);
  }

  private static @Nullable String range(String text) {
    int comma = text.indexOf(',');
    boolean ordered =
        comma > 0 && PatternGroups.isRange(text.substring(0, comma), text.substring(comma + 1));
    return ordered ? null : "";
  }

  private static @Nullable String umask(String text) {
    return Values.isUmask(text) ? null : "";
  }

  private static @Nullable String limit(String text) {
    return Values.limit(text).isPresent() ? null : "";
  }

  private static @Nullable String resource(Resource resource, String text) {
    return resource.kernelValue(text).isPresent() ? null : "";
  }

  private static @Nullable String ignoreError(String text) {
    return switch (text) {
      case "core", "signal", "core,signal", "signal,core" -> null;
      default -> "";
    };
  }

  private static @Nullable String uri(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && Names.isName(text.substring(0, colon)) ? text(text) : "";
  }
}
