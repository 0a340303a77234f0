package bespoke.api;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names that a compose file may mean files by. Commands fetch these files for a person, the
/// daemon for the directories that it was started with; both before anything is parsed, so that
/// more names are found than are meant, and whoever asks takes those that exist.
public final class ComposeNames {

  private static final int COUNT_MAX = 1000;

  /// What may be the name of a file in `env_file`, `include` or `extends`, in any of their forms.
  private static final Pattern FILE =
      Pattern.compile(
          "(?m)(?:(?:env_file|path|file|include):[ \\t]*"
              + "|(?:^\\s*-|\\[|,)(?!\\s*[\"']?[\\w.-]+[\"']?:)\\s*)"
              + "[\"']?([^\\s\"'\\[\\]{},:#]+)");

  private static final Pattern DEFAULT = Pattern.compile("((docker-)?compose)\\.(ya?ml)");

  private ComposeNames() {}

  /// The override that compose takes by itself for a file of its default names; empty for others.
  public static String override(String baseName) {
    Matcher name = DEFAULT.matcher(baseName);
    return name.matches() ? name.group(1) + ".override." + name.group(3) : "";
  }

  /// `.env`, the override, and what the text names, in that order; at most 1,000.
  ///
  /// @param baseName of the compose file
  public static List<String> files(String baseName, String text) {
    List<String> names = new ArrayList<>(List.of(".env"));
    String override = override(baseName);
    if (!override.isEmpty()) {
      names.add(override);
    }
    Matcher named = FILE.matcher(text);
    while (named.find() && names.size() < COUNT_MAX) {
      names.add(named.group(1));
    }
    return List.copyOf(names);
  }
}
