package bespoke.daemon;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of `svc.startd`.
///
/// @param root as given, or empty
/// @param manifests directories of service descriptions, in order
/// @param untilSettled whether to end, leaving the services running, as soon as nothing moves
/// @param contracts how processes are grouped
/// @param verbose whether every transition is told
/// @param replay the report to replay instead of running, or empty
/// @param help whether the usage was asked for
/// @param version whether the version was asked for
/// @param problem what is wrong with the command line, or empty
public record Options(
    String root,
    List<Path> manifests,
    boolean untilSettled,
    Contracts contracts,
    boolean verbose,
    String replay,
    boolean help,
    boolean version,
    String problem) {
  /// What `--help` prints.
  public static final String USAGE =
      """
      Usage: svc.startd [--root DIR] [--manifests DIR]... [--until-settled]
                        [--contracts cgroup|tracking|auto] [-v]
             svc.startd --replay FILE

      Starts the enabled services in the order of their dependencies and keeps them running.

        --root DIR         where everything is kept; also BESPOKE_ROOT. Default: /var/lib/bespoke
                           for root, else $XDG_STATE_HOME/bespoke (~/.local/state/bespoke)
        --manifests DIR    service descriptions to import; may be given several times. Default:
                           manifests under the root
        --until-settled    end as soon as nothing moves any more, leaving the services running:
                           0 if all enabled services are online, else 1
        --contracts KIND   how the processes of a service are kept together: cgroup, tracking,
                           or auto (cgroup where it works; the default)
        -v                 tell every transition
        --replay FILE      start nothing: give this version the events of a report (svcadm report)
                           and say whether it decides the same; 0 if it does, else 1
        --help, --version

      Signals: TERM and INT stop all services in reverse order, then the daemon ends; a second one
      kills what is still running. HUP reads the service descriptions again.
      """;

  /// The back end of contracts.
  public enum Contracts {
    CGROUP,
    TRACKING,
    AUTO
  }

  public Options {
    manifests = List.copyOf(manifests);
  }

  /// Reads the arguments; what is wrong stands in [#problem].
  public static Options parse(List<String> arguments) {
    return new Parser(arguments).parse();
  }

  private static final class Parser {
    private final List<String> arguments;
    private final List<Path> manifests = new ArrayList<>();
    private int next;
    private String root = "";
    private boolean untilSettled;
    private Contracts contracts = Contracts.AUTO;
    private boolean verbose;
    private String replay = "";
    private boolean help;
    private boolean version;
    private String problem = "";

    Parser(List<String> arguments) {
      this.arguments = arguments;
    }

    Options parse() {
      while (next < arguments.size() && problem.isEmpty()) {
        one(arguments.get(next++));
      }
      return new Options(
          root, manifests, untilSettled, contracts, verbose, replay, help, version, problem);
    }

    private void one(String argument) {
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String name = equals < 0 ? argument : argument.substring(0, equals);
      switch (name) {
        case "--root" -> root = value(argument, equals);
        case "--manifests" -> manifests.add(Path.of(value(argument, equals)));
        case "--replay" -> replay = value(argument, equals);
        case "--contracts" -> contracts(value(argument, equals));
        case "--until-settled" -> untilSettled = true;
        case "-v", "--verbose" -> verbose = true;
        case "-h", "-?", "--help" -> help = true;
        case "--version" -> version = true;
        default -> problem = "unknown argument \"" + argument + "\"";
      }
    }

    private String value(String argument, int equals) {
      if (equals >= 0) {
        return argument.substring(equals + 1);
      }
      if (next < arguments.size()) {
        return arguments.get(next++);
      }
      problem = "the option " + argument + " needs a value";
      return "";
    }

    private void contracts(String text) {
      switch (text) {
        case "cgroup" -> contracts = Contracts.CGROUP;
        case "tracking" -> contracts = Contracts.TRACKING;
        case "auto" -> contracts = Contracts.AUTO;
        default -> {
          if (problem.isEmpty()) {
            problem = "--contracts is cgroup, tracking or auto, not \"" + text + "\"";
          }
        }
      }
    }
  }
}
