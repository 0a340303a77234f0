package bespoke.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The program `svc.startd`: see [Options#USAGE].
public final class SvcStartd {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;
  private static final String RELEASE = "0.1.0";
  private static final List<String> INHERITED = List.of("LANG", "LC_ALL", "TZ");

  private SvcStartd() {}

  /// Runs the daemon and exits: 0 when it ended well, 1 when it could not begin or (with
  /// `--until-settled`) not all services are online, 2 on a wrong command line.
  public static void main(String[] arguments) {
    long startNanos = System.nanoTime();
    System.setProperty("slf4j.internal.verbosity", "ERROR"); // no library of ours has a say there
    System.exit(run(List.of(arguments), startNanos));
  }

  private static int run(List<String> arguments, long startNanos) {
    Options options = Options.parse(arguments);
    if (!options.problem().isEmpty()) {
      System.err.println("svc.startd: " + options.problem());
      System.err.print(Options.USAGE);
      return EXIT_USAGE;
    }
    if (options.help()) {
      System.out.print(Options.USAGE);
      return 0;
    }
    if (options.version()) {
      System.out.println("bespoke " + RELEASE);
      return 0;
    }
    try {
      Layout layout =
          Layout.of(
              options.root().isEmpty() ? variable("BESPOKE_ROOT") : options.root(),
              PeerSource.ownUid() == 0,
              SvcStartd::variable);
      if (!options.replay().isEmpty()) {
        return ReplayCommand.run(Path.of(options.replay()), System.out);
      }
      layout.prepare();
      FileLimit files = new FileLimit();
      int status = new Daemon(options, layout, environment(layout), files, startNanos).run();
      if (status != Daemon.EXIT_REEXECUTE) {
        return status;
      }
      files.restore();
      Reexecution.of(System.getProperty("bespoke.home", ""), arguments).execute();
      return Daemon.EXIT_BUG;
    } catch (IOException e) {
      System.err.println("svc.startd: " + e.getMessage());
      return EXIT_FAILED;
    }
  }

  /// What every method gets: the place of everything, so that a manifest need not know it.
  private static List<String> environment(Layout layout) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("BESPOKE_JAVA", System.getProperty("java.home") + "/bin/java");
    String home = System.getProperty("bespoke.home", "");
    if (!home.isEmpty()) {
      environment.put("BESPOKE_HOME", home);
      environment.put("BESPOKE_BIN", home + "/bin");
    }
    System.getenv()
        .forEach((name, value) -> {
          if (INHERITED.contains(name) || name.startsWith("BESPOKE_")) {
            environment.put(name, value);
          }
        });
    environment.put("BESPOKE_ROOT", layout.root().toString());
    List<String> entries = new ArrayList<>(environment.size());
    environment.forEach((name, value) -> entries.add(name + "=" + value));
    return entries;
  }

  private static String variable(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }

  /// The release of bespoke.
  static String release() {
    return RELEASE;
  }
}
