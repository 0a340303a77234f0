package bespoke.supervisor.convert;

/// What became of something in the configuration.
///
/// @param program the program concerned; empty for the whole file
/// @param subject the option or section
/// @param text what it means for the service
public record ConversionNote(Kind kind, String program, String subject, String text) {
  /// How well it could be kept.
  public enum Kind {
    EXACT,
    APPROXIMATED,
    DROPPED
  }

  /// What it is about, as the configuration names it: `[program:web] stopsignal`,
  /// `[eventlistener:mail]`.
  public String construct() {
    if (program.isEmpty()) {
      return subject;
    }
    return subject.equals("eventlistener") || subject.equals("fcgi-program")
        ? "[" + subject + ":" + program + "]"
        : "[program:" + program + "] " + subject;
  }

  /// For a person.
  @Override
  public String toString() {
    return kind.name().toLowerCase(java.util.Locale.ROOT) + ": " + construct() + ": " + text;
  }
}
