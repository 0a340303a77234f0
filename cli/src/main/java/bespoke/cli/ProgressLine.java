package bespoke.cli;

import bespoke.api.BlockerRecord;
import bespoke.api.ProgressRecord;
import java.util.HashMap;
import java.util.Map;

/// What `svcadm -s` shows on a terminal while it waits: one line that is written over, with what
/// still holds the instance back. Elsewhere it shows nothing.
final class ProgressLine {

  private static final String START_OF_LINE = "\r\u001b[K";

  private final Console console;
  private final Map<String, Boolean> arrived = new HashMap<>();
  private boolean shown;

  ProgressLine(Console console) {
    this.console = console;
  }

  /// Shows how far an instance has come.
  void show(ProgressRecord progress) {
    arrived.put(progress.fmri(), progress.done());
    if (!console.outputIsTerminal()) {
      return;
    }
    String counts = arrived.size() == 1 ? "" : "[" + count() + "/" + arrived.size() + "] ";
    String text = counts + sentence(progress);
    int width = console.width() - 1;
    console.out().print(START_OF_LINE + (text.length() > width ? text.substring(0, width) : text));
    console.out().flush();
    shown = true;
  }

  /// Removes the line.
  void end() {
    if (shown) {
      console.out().print(START_OF_LINE);
      console.out().flush();
    }
  }

  private int count() {
    int count = 0;
    for (Boolean done : arrived.values()) {
      if (done) {
        count++;
      }
    }
    return count;
  }

  private static String sentence(ProgressRecord progress) {
    StringBuilder text = new StringBuilder(progress.fmri()).append(": ").append(progress.state());
    if (!progress.next().isEmpty()) {
      text.append(" -> ").append(progress.next());
    }
    String separator = ", waits for ";
    for (BlockerRecord blocker : progress.blockers()) {
      text.append(separator).append(blocker.fmri()).append(" (").append(blocker.state());
      text.append(", ").append(blocker.grouping()).append(" \"").append(blocker.dependency());
      text.append("\")");
      separator = ", ";
    }
    return text.toString();
  }
}
