package bespoke.cli.render;

/// How a state is painted; the state's name always stands there too.
///
/// @param fill behind the text
/// @param line around it
record StateColour(String fill, String line) {

  static StateColour of(String state) {
    return switch (state) {
      case "online" -> new StateColour("#dcfce7", "#16a34a");
      case "degraded" -> new StateColour("#fef9c3", "#ca8a04");
      case "offline" -> new StateColour("#ffedd5", "#ea580c");
      case "maintenance" -> new StateColour("#fee2e2", "#dc2626");
      case "disabled" -> new StateColour("#f4f4f5", "#a1a1aa");
      case "uninitialized" -> new StateColour("#ede9fe", "#7c3aed");
      default -> new StateColour("#ffffff", "#71717a");
    };
  }
}
