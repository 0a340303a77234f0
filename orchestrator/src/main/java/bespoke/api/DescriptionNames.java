package bespoke.api;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// The names of files that may be descriptions of services; what is in a file decides. Commands
/// search the directories that a person names, the daemon those that it was started with.
public final class DescriptionNames {

  private static final String UNIT =
      "(service|target|timer|socket|path|mount|automount|slice|scope|swap|device)";

  /// `.conf` only where nothing else can be meant, because a service's own configuration often lies
  /// beside its description.
  private static final Pattern DESCRIPTION =
      Pattern.compile(
          ".*\\.(yaml|yml|xml|"
              + UNIT
              + ")|.*/([^/]*\\.)?"
              + UNIT
              + "\\.d/[^/]*\\.conf|.*/supervisord\\.conf");

  private static final Pattern UNIT_FILE = Pattern.compile(".*\\." + UNIT);

  private DescriptionNames() {}

  /// Whether a file of a directory is looked at.
  public static boolean isDescription(Path file) {
    return DESCRIPTION.matcher(file.toString()).matches();
  }

  /// Whether the file has the name of a systemd unit; a link of such a name says something even
  /// when it leads nowhere (systemd.unit(5)).
  public static boolean isUnit(Path file) {
    return UNIT_FILE.matcher(file.toString()).matches();
  }
}
