package bespoke.journal.report;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes out of a text what looks like a secret. It errs on the side of taking out too much, and
/// still cannot know every secret: a person should look before a report is sent away.
public final class Secrets {
  /// What stands in the place of a secret.
  public static final String REMOVED = "[removed]";

  private static final String WORDS =
      "pass(?:word|wd|phrase)|passwd|secret|token|api[-_.]?key|access[-_.]?key|private[-_.]?key"
          + "|credentials?|authorization|cookie|session[-_.]?id|signature";

  private static final String VALUE =
      "(?:(?:bearer|basic|digest)\\s+)?(?:\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s,;&\"']+)";

  private static final Pattern NAME =
      Pattern.compile("(?:" + WORDS + "|(?:^|\\W)(?:pass|pwd)(?:\\W|$))");

  /// `password=x`, `PASSWORD: "x y"`, `"token":"x"`.
  private static final Pattern ASSIGNED =
      Pattern.compile("(?i)([-\\w.]*(?:" + WORDS + ")[-\\w.]*[\"']?\\s*[=:]\\s*)" + VALUE);

  /// `--password x`.
  private static final Pattern OPTION =
      Pattern.compile("(?i)((?:^|\\s)--?[-\\w.]*(?:" + WORDS + ")[-\\w.]*\\s+)" + VALUE);

  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9+/=_.~-]{8,}");

  /// `https://user:secret@host`.
  private static final Pattern IN_URL = Pattern.compile("(\\b[a-z][a-z0-9+.-]*://)[^/@\\s]*@");

  private static final Pattern KEY_BLOCK =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)",
          Pattern.DOTALL);

  /// JSON web tokens and the keys of large providers.
  private static final Pattern WELL_KNOWN =
      Pattern.compile(
          "\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]*)?"
              + "|\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"
              + "|\\bgh[opsur]_[A-Za-z0-9]{20,}"
              + "|\\bgithub_pat_[A-Za-z0-9_]{20,}"
              + "|\\bglpat-[A-Za-z0-9_-]{16,}"
              + "|\\bxox[abprs]-[A-Za-z0-9-]{10,}"
              + "|\\bsk[-_](?:live|test|ant|proj)?[-_]?[A-Za-z0-9_-]{16,}"
              + "|\\b[0-9a-fA-F]{40,}\\b");

  private Secrets() {}

  /// Whether something of that name is likely to be secret.
  public static boolean isSecretName(String name) {
    return NAME.matcher(name.toLowerCase(Locale.ROOT).replace('_', '-')).find();
  }

  /// The text without what looks like a secret.
  public static String remove(String text) {
    if (text.isEmpty()) {
      return text;
    }
    String clean = KEY_BLOCK.matcher(text).replaceAll(REMOVED);
    clean = IN_URL.matcher(clean).replaceAll("$1" + Matcher.quoteReplacement(REMOVED) + "@");
    clean = WELL_KNOWN.matcher(clean).replaceAll(REMOVED);
    clean = ASSIGNED.matcher(clean).replaceAll("$1" + Matcher.quoteReplacement(REMOVED));
    clean = OPTION.matcher(clean).replaceAll("$1" + Matcher.quoteReplacement(REMOVED));
    return AUTHORIZATION.matcher(clean).replaceAll("$1 " + Matcher.quoteReplacement(REMOVED));
  }

  static Optional<String> remove(Optional<String> text) {
    return text.map(Secrets::remove);
  }

  /// `NAME=value` without the value.
  static String removeValue(String entry) {
    int equals = entry.indexOf('=');
    return equals < 0 ? entry : entry.substring(0, equals + 1) + REMOVED;
  }
}
