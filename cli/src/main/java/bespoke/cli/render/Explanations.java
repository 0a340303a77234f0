package bespoke.cli.render;

import bespoke.api.DocumentRecord;
import bespoke.api.Explanation;
import bespoke.api.ReasonRecord;
import bespoke.api.listing.Times;

/// The blocks of `svcs -x` (smf.md 8.2).
///
/// One label is ours: `Detail:` tells what the reason cannot, such as the name of a missing file.
public final class Explanations {

  private static final int LINE_WIDTH = 80;

  private final Explanation explanation;
  private final boolean verbose;
  private final String messageBase;
  private final StringBuilder out = new StringBuilder();

  private Explanations(Explanation explanation, boolean verbose, String messageBase) {
    this.explanation = explanation;
    this.verbose = verbose;
    this.messageBase = messageBase;
  }

  /// The block of one instance, without a blank line around it.
  ///
  /// @param verbose as `svcs -xv`
  /// @param messageBase what stands before a message code after `See:`; empty leaves the line out
  public static String block(
      Explanation explanation, Times times, Style style, boolean verbose, String messageBase) {
    Explanations block = new Explanations(explanation, verbose, messageBase);
    block.head(times, style);
    block.reasons();
    block.readings();
    block.impact();
    return block.out.toString();
  }

  private void head(Times times, Style style) {
    String name = explanation.commonName().isEmpty() ? "?" : explanation.commonName();
    out.append(style.strong(explanation.fmri())).append(" (").append(name).append(")\n");
    String state = style.state(explanation.state(), explanation.state());
    String since =
        explanation.sinceEpochMillis() == 0
            ? ""
            : " since " + times.full(explanation.sinceEpochMillis());
    line("State", state + since);
  }

  private void reasons() {
    for (ReasonRecord reason : explanation.reasons()) {
      if (reason.service().isEmpty()) {
        line("Reason", reason.text());
      } else {
        service(reason);
      }
      if (!messageBase.isEmpty() && !reason.code().isEmpty()) {
        line("See", messageBase + reason.code());
      }
      for (String log : reason.logs()) {
        line("See", log);
      }
    }
    if (!explanation.message().isEmpty()) {
      line("Detail", explanation.message());
    }
  }

  private void service(ReasonRecord reason) {
    String start = "Service " + reason.service();
    String whole = start + " " + reason.summary();
    if ("Reason: ".length() + whole.length() <= LINE_WIDTH) {
      line("Reason", whole);
    } else {
      line("Reason", start);
      out.repeat(' ', 8).append(reason.summary()).append('\n');
    }
    if (verbose && !reason.path().isEmpty()) {
      line("Path", reason.path().getFirst());
      for (int hop = 1; hop < reason.path().size(); hop++) {
        out.repeat(' ', 8 + 2 * hop).append(reason.path().get(hop)).append('\n');
      }
    }
  }

  private void readings() {
    for (DocumentRecord document : explanation.documents()) {
      line("See", reading(document));
    }
    for (String log : explanation.logs()) {
      line("See", log);
    }
  }

  private String reading(DocumentRecord document) {
    if (!document.uri().isEmpty()) {
      return document.uri();
    }
    if (!verbose) {
      return document.title() + "(" + document.section() + ")";
    }
    String path = document.manpath().isEmpty() ? "" : "-M " + document.manpath() + " ";
    return "man " + path + "-s " + document.section() + " " + document.title();
  }

  private void impact() {
    int impact = explanation.impact();
    if (impact == 0) {
      line("Impact", explanation.isRunning() ? "None." : "This service is not running.");
      return;
    }
    String services = impact == 1 ? "1 dependent service is" : impact + " dependent services are";
    if (!verbose) {
      line("Impact", services + " not running.  (Use -v for list.)");
      return;
    }
    line("Impact", services + " not running:");
    for (String fmri : explanation.impacted()) {
      out.repeat(' ', 8).append(fmri).append('\n');
    }
  }

  private void line(String label, String value) {
    out.repeat(' ', 6 - label.length()).append(label).append(": ").append(value).append('\n');
  }
}
