package bespoke.contract;

import bespoke.os.Processes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/// What launched processes carry in their environment, and pass on to their descendants:
/// `BESPOKE_CONTRACT=SCOPE/NUMBER`, one for each daemon that the process descends from, outermost
/// first, separated by colons.
///
/// @param scope names our root directory
/// @param inherited what we carry ourselves, or empty
record Mark(String scope, String inherited) {
  static final String VARIABLE = "BESPOKE_CONTRACT";

  static Mark of(Path rootDirectory) {
    String inherited = Processes.variable(Processes.self(), VARIABLE).orElse("");
    return new Mark(CgroupTree.nameOf(rootDirectory), inherited);
  }

  String assignment(long contract) {
    String own = scope + "/" + contract;
    return VARIABLE + "=" + (inherited.isEmpty() ? own : inherited + ":" + own);
  }

  /// The contract of ours that a process says it belongs to.
  OptionalLong contractOf(long pid) {
    return Processes.variable(pid, VARIABLE).stream()
        .flatMap(value -> Arrays.stream(value.split(":")))
        .filter(part -> part.startsWith(scope + "/"))
        .map(part -> part.substring(scope.length() + 1))
        .filter(number -> number.matches("[0-9]{1,18}"))
        .mapToLong(Long::parseLong)
        .findFirst();
  }
}
