package bespoke.explain;

import bespoke.model.InstanceFmri;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One reason why an instance is not well, the `Reason:` line of svcs(1) `-x`.
///
/// @param code its kind
/// @param text the sentence
/// @param subject the instance the sentence is about, when it is another: the text is `Service
///   SUBJECT SUMMARY`, and a line of more than 80 characters is broken between the two
/// @param summary the end of that sentence, else empty
/// @param path from the explained instance over each hop to the subject, both included; empty
///   without a subject
/// @param details more sentences for a person: what failed, which file and line declared the edge,
///   a similar name
public record Reason(
    ReasonCode code,
    String text,
    Optional<InstanceFmri> subject,
    String summary,
    List<InstanceFmri> path,
    List<String> details) {

  public Reason {
    path = List.copyOf(path);
    details = List.copyOf(details);
  }

  /// A reason that lies in the instance itself; details that only repeat the text are left out.
  static Reason of(ReasonCode code, String text, List<String> details) {
    List<String> more = details.stream().filter(detail -> !repeats(text, detail)).toList();
    return new Reason(code, text, Optional.empty(), "", List.of(), more);
  }

  private static boolean repeats(String text, String detail) {
    String words = detail.startsWith("it ") ? detail.substring(3) : detail;
    return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }

  /// A reason that lies in another instance.
  static Reason elsewhere(ReasonCode code, String summary, List<InstanceFmri> path) {
    InstanceFmri subject = path.getLast();
    String text = "Service " + subject + " " + summary;
    return new Reason(code, text, Optional.of(subject), summary, path, List.of());
  }
}
