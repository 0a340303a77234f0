package bespoke.daemon;

import bespoke.os.Processes;
import bespoke.os.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A real daemon, in a process of its own, that kills itself before the n-th of its steps.
abstract class DoomedDaemon extends Daemon {
  private final int last;
  private int count;

  DoomedDaemon(Sentence sentence) {
    super(sentence.options(), sentence.layout(), List.of(), new FileLimit(), System.nanoTime());
    this.last = sentence.last();
  }

  /// The command line.
  ///
  /// @param last the step that it does not live to do; 0 lets it live
  record Sentence(int last, Options options, Layout layout) {
    /// @param arguments the number, then those of `svc.startd`
    static Sentence of(String[] arguments) throws IOException {
      List<String> all = List.of(arguments);
      Options options = Options.parse(all.subList(1, all.size()));
      Layout layout = new Layout(Path.of(options.root()));
      layout.prepare();
      return new Sentence(Integer.parseInt(all.getFirst()), options, layout);
    }
  }

  /// About to do something.
  void step(String kind, String what) {
    if (++count == last) {
      System.out.println("dying before " + kind + " " + count + ", " + what);
      System.out.flush();
      Signals.send(Processes.self(), Signals.KILL);
    }
  }
}
