package bespoke.daemon;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/// Writes to the terminal from a thread of its own, so that a stopped terminal (`^S`, a full pipe)
/// never stops the daemon: lines that find no place are counted and dropped.
///
/// On a real terminal the last line is a status that is written again while something moves.
final class Terminal implements AutoCloseable {
  private static final int LINES_MAX = 2000;
  private static final long REFRESH_MILLIS = 200;
  private static final long CLOSE_MILLIS = 1000;

  private final PrintStream out;
  private final boolean interactive;
  private final Supplier<String> status;
  private final Queue<String> lines = new ArrayDeque<>();
  private final Thread thread;
  private boolean showsStatus;
  private boolean closing;
  private int dropped;

  /// @param interactive whether `out` is a terminal that understands `\r` and ECMA-48
  /// @param status the present status line, or empty; called from the terminal's thread
  Terminal(OutputStream out, boolean interactive, Supplier<String> status) {
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    this.interactive = interactive;
    this.status = status;
    this.thread = Thread.ofPlatform().name("terminal").daemon().unstarted(this::write);
  }

  void start() {
    thread.start();
  }

  /// Prints a line as soon as possible.
  synchronized void line(String text) {
    if (lines.size() >= LINES_MAX) {
      dropped++;
    } else {
      lines.add(text);
    }
    notifyAll();
  }

  /// Shows the status line from now on, or not any more.
  synchronized void showStatus(boolean show) {
    showsStatus = show && interactive;
    notifyAll();
  }

  private void write() {
    String shown = "";
    StringBuilder text = new StringBuilder();
    while (true) {
      boolean last;
      boolean withStatus;
      text.setLength(0);
      synchronized (this) {
        try {
          awaitWork();
        } catch (InterruptedException end) {
          return;
        }
        takeLines(text);
        last = closing;
        withStatus = showsStatus && !last;
      }
      String next = withStatus ? status.get() : "";
      if (!text.isEmpty() || !next.equals(shown)) {
        out.print((shown.isEmpty() ? "" : "\r\033[K") + text + next);
        out.flush();
        shown = next;
      }
      if (last) {
        return;
      }
    }
  }

  private void awaitWork() throws InterruptedException {
    while (lines.isEmpty() && !closing) {
      if (showsStatus) {
        wait(REFRESH_MILLIS);
        return;
      }
      wait();
    }
  }

  private void takeLines(StringBuilder text) {
    for (String line = lines.poll(); line != null; line = lines.poll()) {
      text.append(line).append('\n');
    }
    if (dropped > 0) {
      text.append("(").append(dropped).append(" lines are missing here)\n");
      dropped = 0;
    }
  }

  /// Writes what is left, if the terminal takes it.
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
