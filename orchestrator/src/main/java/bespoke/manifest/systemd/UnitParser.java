package bespoke.manifest.systemd;

import bespoke.manifest.Fidelity;
import bespoke.manifest.SourceFile;
import bespoke.model.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Takes one file apart (systemd.syntax(7)): sections, assignments, comments, continuation lines.
///
/// A line that systemd ignores is ignored, and noted.
final class UnitParser {

  /// 1 MiB, as systemd's own limit on a line.
  static final int SIZE_BYTES_MAX = 1 << 20;

  static final int ASSIGNMENTS_MAX = 20_000;

  /// In characters, continuation lines joined.
  static final int VALUE_LENGTH_MAX = 65_536;

  private final String file;
  private final Report report;
  private final List<Assignment> assignments = new ArrayList<>();
  private final StringBuilder pending = new StringBuilder();
  private int pendingLine;
  private int pendingColumn;
  private String section = "";

  private UnitParser(String file, Report report) {
    this.file = file;
    this.report = report;
  }

  /// The assignments of a file, in order; none when it cannot be read, which is a problem then.
  static List<Assignment> parse(SourceFile source, Report report) {
    UnitParser parser = new UnitParser(source.name(), report);
    if (source.bytes().length > SIZE_BYTES_MAX) {
      parser.refuse(1, "cannot read a unit file of more than 1 MiB", "divide it into drop-ins");
      return List.of();
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source.bytes())).toString();
      return parser.read(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      parser.refuse(1, "cannot read it: it is not UTF-8", "convert it, as with iconv(1)");
      return List.of();
    }
  }

  private void refuse(int line, String message, String hint) {
    report.problem(new Origin.File(file, line, 1), message, hint);
  }

  private List<Assignment> read(String text) {
    int number = 0;
    for (String line : text.split("\r?\n|\r", -1)) {
      number++;
      if (!line(line, number)) {
        return List.of();
      }
    }
    if (!pending.isEmpty()) {
      finish();
    }
    return assignments;
  }

  private boolean line(String line, int number) {
    String bare = line.strip();
    boolean isComment = bare.startsWith("#") || bare.startsWith(";");
    if (isComment || bare.isEmpty() && pending.isEmpty()) {
      return true; // also between continuation lines
    }
    if (line.chars().anyMatch(c -> c == 0 || c < ' ' && c != '\t')) {
      refuse(number, "cannot read a control character", "remove it");
      return false;
    }
    if (pending.isEmpty()) {
      pendingLine = number;
      pendingColumn = line.length() - line.stripLeading().length() + 1;
    }
    boolean continues = bare.endsWith("\\");
    pending.append(continues ? bare.substring(0, bare.length() - 1) + " " : bare);
    if (pending.length() > VALUE_LENGTH_MAX || assignments.size() >= ASSIGNMENTS_MAX) {
      refuse(
          number,
          "cannot read so long a unit",
          "a value may have 65536 characters, a file 20000 assignments");
      return false;
    }
    if (!continues) {
      finish();
    }
    return true;
  }

  private void finish() {
    String whole = pending.toString().strip();
    pending.setLength(0);
    Origin.File at = new Origin.File(file, pendingLine, pendingColumn);
    int equals = whole.indexOf('=');
    if (whole.startsWith("[") && whole.endsWith("]")) {
      section = whole.substring(1, whole.length() - 1);
    } else if (equals <= 0 || section.isEmpty()) {
      String reason = equals <= 0 ? "it is no Name=value" : "it stands before the first section";
      report.note(Fidelity.DROPPED, at, shown(whole), reason + "; systemd ignores it, too");
    } else {
      assignments.add(
          new Assignment(
              section,
              whole.substring(0, equals).strip(),
              whole.substring(equals + 1).strip(),
              at));
    }
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
