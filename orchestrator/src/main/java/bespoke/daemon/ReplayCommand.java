package bespoke.daemon;

import bespoke.journal.JournalSlice;
import bespoke.journal.Replay;
import bespoke.journal.report.Redaction;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// `svc.startd --replay FILE`: gives this engine the events of a report, or of a bare journal, and
/// says whether it decides as the engine there did.
final class ReplayCommand {
  private static final int EXIT_SAME = 0;
  private static final int EXIT_OTHERWISE = 1;

  private ReplayCommand() {}

  /// @return the exit status: 0 if every decision is the same
  /// @throws IOException if the file is no report; the message is for an operator
  static int run(Path file, PrintStream out) throws IOException {
    Replay replay = new Replay(Redaction::of);
    try (ZipFile report = new ZipFile(file.toFile())) {
      ZipEntry journal = report.getEntry(ReportArchive.JOURNAL);
      if (journal == null) {
        throw new IOException(file + " holds no journal; make a report with svcadm report FILE");
      }
      JournalSlice.read(report.getInputStream(journal), replay);
    }
    out.println(sentence(replay));
    replay.differences().forEach(it -> out.println("  " + it));
    return replay.different() == 0 && replay.replayed() > 0 ? EXIT_SAME : EXIT_OTHERWISE;
  }

  private static String sentence(Replay replay) {
    String skipped =
        replay.skipped() == 0
            ? ""
            : " %,d events could not be replayed: the start of their daemon, or what its services were, is not in it; an older version wrote less."
                .formatted(replay.skipped());
    if (replay.replayed() == 0) {
      return "Nothing could be replayed: no start of a daemon is in it." + skipped;
    }
    String same =
        replay.different() == 0
            ? "every decision is the same."
            : "%,d of them are decided otherwise:".formatted(replay.different());
    return "%,d events of %,d %s with %,d transitions were replayed: "
            .formatted(
                replay.replayed(),
                replay.daemons(),
                replay.daemons() == 1 ? "daemon" : "daemons",
                replay.transitions())
        + same
        + skipped;
  }
}
