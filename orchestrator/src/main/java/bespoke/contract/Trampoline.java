package bespoke.contract;

import bespoke.contract.LaunchFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What runs between posix_spawn(3) and the program, in the same process: shell builtins, then
/// prlimit(1) and setpriv(1), each only when something is asked for that nothing before it can do.
///
/// The shell calls itself [#NAME] first (proc_pid_comm(5)). A process that ends while it still has
/// that name, or is still prlimit or setpriv, never became its program, whatever its exit status.
final class Trampoline {
  /// At most 15 bytes.
  static final String NAME = "svc-exec";

  static final int CONTRACT_STATUS = 121;
  private static final int UMASK_STATUS = 122;
  private static final int LIMIT_STATUS = 123;
  private static final int OOM_STATUS = 124;
  private static final int DIRECTORY_STATUS = 125;

  private static final String RENAME = "echo " + NAME + " >/proc/self/comm; ";

  private final StringBuilder script = new StringBuilder();
  private final List<String> parameters = new ArrayList<>();
  private final List<String> chain = new ArrayList<>();

  /// Joins a cgroup.
  void enter(String processesFile) {
    step("echo 0 >\"%s\"", CONTRACT_STATUS, processesFile);
  }

  void setUmask(int umask) {
    step("umask \"%s\"", UMASK_STATUS, String.format("%04o", umask));
  }

  void setOomScoreAdjust(int score) {
    step("echo \"%s\" >/proc/self/oom_score_adj", OOM_STATUS, Integer.toString(score));
  }

  void changeDirectory(String directory) {
    step("cd -P \"%s\" && unset OLDPWD", DIRECTORY_STATUS, directory);
  }

  private void step(String command, int status, String parameter) {
    parameters.add(parameter);
    script
        .append(command.replace("%s", "${" + parameters.size() + "}"))
        .append(" || exit ")
        .append(status)
        .append("; ");
  }

  /// Sets limits, by the shell where it knows them, else by prlimit(1).
  ///
  /// @return what is missing for it
  Optional<LaunchFailure> setLimits(Map<String, Limit> limits) {
    List<String> options = new ArrayList<>();
    for (Map.Entry<String, Limit> entry : limits.entrySet()) {
      Optional<ShellLimit> ofShell =
          ShellLimit.of(entry.getKey()).filter(known -> known.canSet(entry.getValue()));
      if (ofShell.isPresent()) {
        script
            .append(ofShell.get().command(entry.getValue()))
            .append(" || exit ")
            .append(LIMIT_STATUS)
            .append("; ");
      } else {
        options.add(
            "--"
                + entry.getKey()
                + "="
                + text(entry.getValue().soft())
                + ":"
                + text(entry.getValue().hard()));
      }
    }
    return options.isEmpty() ? Optional.empty() : chain("prlimit", options, "a limit");
  }

  private static String text(long value) {
    return value == Limit.UNLIMITED ? "unlimited" : Long.toString(value);
  }

  /// Sets user, groups and capabilities by setpriv(1).
  ///
  /// @return what is missing for it
  Optional<LaunchFailure> setPrivileges(List<String> options) {
    return options.isEmpty() ? Optional.empty() : chain("setpriv", options, "user or capabilities");
  }

  private Optional<LaunchFailure> chain(String tool, List<String> options, String what) {
    Optional<String> path = Tools.ofUtilLinux(tool);
    if (path.isEmpty()) {
      return Optional.of(
          new LaunchFailure(
              Kind.TOOL,
              "cannot set " + what + ": " + tool + " is not installed (package util-linux)"));
    }
    chain.add(path.get());
    chain.addAll(options);
    chain.add("--");
    return Optional.empty();
  }

  /// Whether anything runs before the program.
  boolean isNeeded() {
    return !script.isEmpty() || !chain.isEmpty();
  }

  /// The whole command.
  ///
  /// @param shell path of sh(1), if it is needed
  List<String> command(String shell, List<String> program) {
    if (script.isEmpty()) {
      return words(program);
    }
    List<String> all =
        new ArrayList<>(List.of(shell, "-c", RENAME + steps() + "exec \"$@\"", NAME));
    all.addAll(words(program));
    return all;
  }

  private String steps() {
    return parameters.isEmpty() ? script.toString() : script + "shift " + parameters.size() + "; ";
  }

  private List<String> words(List<String> program) {
    List<String> all = new ArrayList<>(parameters);
    all.addAll(chain);
    all.addAll(program);
    return all;
  }

  /// What the end of a process means that died under the name of a trampoline.
  ///
  /// @param name the command name that it died under
  /// @param program what it should have become
  static Optional<LaunchFailure> explain(String name, int exitStatus, ProgramCheck program) {
    return switch (name) {
      case NAME -> Optional.of(explainShell(exitStatus, program));
      case "prlimit" -> Optional.of(explainTool(name, "limits", exitStatus, program));
      case "setpriv" -> Optional.of(explainTool(name, "user or capabilities", exitStatus, program));
      default -> Optional.empty();
    };
  }

  private static LaunchFailure explainShell(int exitStatus, ProgramCheck program) {
    return switch (exitStatus) {
      case CONTRACT_STATUS -> new LaunchFailure(Kind.CONTRACT, "cannot enter the contract");
      case UMASK_STATUS -> new LaunchFailure(Kind.CONTEXT, "cannot set the umask");
      case LIMIT_STATUS ->
          new LaunchFailure(Kind.CONTEXT, "cannot set a limit: it exceeds what we may set");
      case OOM_STATUS -> new LaunchFailure(Kind.CONTEXT, "cannot set the oom score: not permitted");
      case DIRECTORY_STATUS ->
          program
              .directoryProblem()
              .orElse(new LaunchFailure(Kind.DIRECTORY, "cannot enter the working directory"));
      default -> program.explain();
    };
  }

  /// The statuses of setpriv are those of exec.h of util-linux: 126 when the program cannot be
  /// executed, 127 when it is missing or a privilege cannot be set.
  private static LaunchFailure explainTool(
      String tool, String what, int exitStatus, ProgramCheck program) {
    if (exitStatus == 126) {
      return program.explain();
    }
    return program
        .problem()
        .filter(_ -> exitStatus == 127)
        .orElseGet(() ->
            new LaunchFailure(
                Kind.CONTEXT,
                "cannot set %s: %s failed with status %d; its message is in the log"
                    .formatted(what, tool, exitStatus)));
  }
}
