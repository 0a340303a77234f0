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
      return live(options, arguments, layout, startNanos);
    } catch (IOException e) {
      System.err.println("svc.startd: " + e.getMessage());
      return EXIT_FAILED;
    }
  }

  /// Runs a daemon, and the next one in its place when that is asked for. One that cannot be
  /// executed is said, and this version goes on: the services must not be without a daemon.
  private static int live(Options options, List<String> arguments, Layout layout, long startNanos)
      throws IOException {
    String trouble = "";
    while (true) {
      FileLimit files = new FileLimit();
      Daemon daemon = new Daemon(options, layout, environment(layout), files, startNanos);
      int status = daemon.run(trouble);
      if (status != Daemon.EXIT_REEXECUTE) {
        return status;
      }
      files.restore();
      try {
        Reexecution.of(System.getProperty("bespoke.home", ""), arguments).execute();
      } catch (IOException e) {
        trouble = e.getMessage() + "; the version that ran goes on";
      }
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
