package bespoke.manifest.systemd;

import java.util.Optional;

/// `StandardInput=`, `StandardOutput=` and `StandardError=`: redirections of the start method.
final class Streams {

  private final Unit unit;
  private final Report report;
  private final StringBuilder redirections = new StringBuilder();

  Streams(Unit unit, Report report) {
    this.unit = unit;
    this.report = report;
    stream("StandardInput", "<", "");
    boolean isMoved = stream("StandardOutput", ">", "");
    boolean hasOwn = unit.last("Service", "StandardError").isPresent();
    if (!stream("StandardError", "2>", "2") && isMoved && !hasOwn) {
      redirections.append(" 2>&1");
    }
  }

  /// `exec` with redirections, or empty.
  String step() {
    return redirections.isEmpty() ? "" : "exec" + redirections + " || exit";
  }

  /// @return whether it goes elsewhere than by default
  private boolean stream(String key, String operator, String number) {
    Optional<Assignment> said = unit.last("Service", key);
    if (said.isEmpty()) {
      return false;
    }
    Assignment assignment = said.get();
    String value = unit.specifiers().expand(assignment.value()).orElse("");
    int colon = value.indexOf(':');
    String kind = colon < 0 ? value : value.substring(0, colon);
    String path = colon < 0 ? "" : value.substring(colon + 1);
    boolean isInput = operator.equals("<");
    if (kind.equals("null") && isInput) {
      report.exact(assignment, "");
    } else if (kind.equals("null")) {
      return redirect(assignment, operator + "/dev/null");
    } else if (path.startsWith("/") && (kind.equals("file") || kind.equals("truncate"))) {
      return redirect(assignment, operator + ShellText.quoted(path));
    } else if (path.startsWith("/") && kind.equals("append")) {
      return redirect(assignment, number + ">>" + ShellText.quoted(path));
    } else if (kind.equals("socket")) {
      report.approximated(assignment, "the socket, when it is started by its .socket");
    } else if (!isInput && kind.matches("inherit|journal|syslog|kmsg")) {
      report.exact(assignment, "in the log of the service (svcs -L)");
    } else if (!isInput && kind.matches("(journal|syslog|kmsg)\\+console")) {
      report.approximated(assignment, "in the log of the service (svcs -L), not on the console");
    } else {
      report.dropped(
          assignment,
          isInput ? "its input is the null device" : "its output is in the log of the service");
    }
    return false;
  }

  private boolean redirect(Assignment assignment, String redirection) {
    redirections.append(' ').append(redirection);
    report.exact(assignment, "");
    return true;
  }
}
