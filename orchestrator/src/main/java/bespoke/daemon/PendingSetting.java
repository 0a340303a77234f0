package bespoke.daemon;

import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import bespoke.repository.VolatileStore;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A permanent setting on its way from the volatile store into the repository.
///
/// @param setting whose permanent part is meant
/// @param by whose wish it is
record PendingSetting(EnabledSetting setting, Origin by) {
  private static final String PREFIX = "enabling ";

  /// `true 1732630000000 anna` and, on the next line, the comment.
  private static final Pattern FORM =
      Pattern.compile("(true|false) (-?[0-9]{1,18}) ([^\\n]*)\\n(.*)", Pattern.DOTALL);

  /// The name of the fact.
  static String fact(InstanceFmri instance) {
    return PREFIX + instance;
  }

  /// What is written down.
  String text() {
    String who =
        switch (by) {
          case Origin.Administrator(String user, long atEpochMillis) -> atEpochMillis + " " + user;
          case Origin.Unknown _, Origin.File _ -> "0 ";
        };
    return setting.permanent().orElse(false) + " " + who + "\n" + setting.comment();
  }

  /// Carries over what an earlier daemon of this boot had accepted.
  static void carryOver(VolatileStore store, Repository repository) throws RepositoryException {
    for (Map.Entry<String, String> fact : store.facts().entrySet()) {
      Matcher form = FORM.matcher(fact.getValue());
      if (fact.getKey().startsWith(PREFIX) && form.matches()) {
        carryOver(InstanceFmri.parse(fact.getKey().substring(PREFIX.length())), form, repository);
        store.removeFact(fact.getKey());
      }
    }
    store.flush();
  }

  private static void carryOver(InstanceFmri instance, Matcher form, Repository repository)
      throws RepositoryException {
    boolean isKnown = !form.group(3).isEmpty();
    Origin by =
        isKnown
            ? new Origin.Administrator(form.group(3), Long.parseLong(form.group(2)))
            : Origin.UNKNOWN;
    Optional<Boolean> permanent = Optional.of(Boolean.valueOf(form.group(1)));
    repository.setEnabled(
        Map.of(instance, new EnabledSetting(permanent, Optional.empty(), form.group(4))), by);
  }
}
