package bespoke.cli.render;

/// How `svcs` abbreviates states (smf.md 8.1).
final class StateWords {

  private StateWords() {}

  /// One letter: offline is the digit zero, online the digit one.
  static String letter(String state) {
    return switch (state) {
      case "legacy_run" -> "L";
      case "disabled" -> "d";
      case "online" -> "1";
      case "degraded" -> "D";
      case "offline" -> "0";
      case "maintenance" -> "m";
      case "uninitialized" -> "u";
      default -> "?";
    };
  }

  /// Two or three letters.
  static String abbreviation(String state) {
    return switch (state) {
      case "legacy_run" -> "LRC";
      case "disabled" -> "DIS";
      case "online" -> "ON";
      case "degraded" -> "DGD";
      case "offline" -> "OFF";
      case "maintenance" -> "MNT";
      case "uninitialized" -> "UN";
      default -> "?";
    };
  }
}
