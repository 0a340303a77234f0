package bespoke.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The commands of the distribution by name.
final class Commands {

  private static final List<String> NAMES =
      List.of("svcs", "svcadm", "svccfg", "svcprop", "svcgraph", "ctstat", "ctwatch");

  private Commands() {}

  /// The names of all, for completion and manual pages.
  static List<String> names() {
    return NAMES;
  }

  /// The command of that name, or null.
  static @Nullable Command named(String name) {
    return switch (name) {
      case "svcs" -> new Svcs();
      case "svcadm" -> new Svcadm();
      case "svccfg" -> new Svccfg();
      case "svcprop" -> new Svcprop();
      case "svcgraph" -> new Svcgraph();
      case "ctstat" -> new Ctstat();
      case "ctwatch" -> new Ctwatch();
      default -> null;
    };
  }
}
