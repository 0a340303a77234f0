package bespoke.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// How the process of a method is set up (smf_method(7), "Method context"; setrlimit(2),
/// capabilities(7), nice(2)).
///
/// Names are resolved when the method runs, not when it is read.
///
/// @param given whether any context was given at all; without one the working directory is `/`
/// @param user name or number; empty keeps the daemon's
/// @param group name or number; empty means the user's primary group
/// @param supplementaryGroups names or numbers; empty means all groups of the user (initgroups(3))
/// @param workingDirectory empty (or `:default`, `:home`) means the user's home when any context is
///   given
/// @param environment `NAME=value` each, in order
/// @param environmentFiles paths of files with further variables (environment.d(5)), which win; one
///   that begins with `-` may be missing
/// @param umask octal digits, such as `022`
/// @param limits by setrlimit(2) name in lower case without `RLIMIT_`
/// @param capabilities names in lower case without `cap_`; empty Optional leaves the sets as they
///   are
/// @param noNewPrivileges whether to set `no_new_privs` (prctl(2))
/// @param nice -20 to 19
/// @param oomScoreAdjust -1000 to 1000 (proc(5))
public record MethodContext(
    boolean given,
    Optional<String> user,
    Optional<String> group,
    Optional<List<String>> supplementaryGroups,
    Optional<String> workingDirectory,
    List<String> environment,
    List<String> environmentFiles,
    Optional<String> umask,
    Map<String, Limit> limits,
    Optional<List<String>> capabilities,
    boolean noNewPrivileges,
    OptionalInt nice,
    OptionalInt oomScoreAdjust) {

  /// Where programs usually are. Supervisors that descriptions come from look there, while a method
  /// looks in `/usr/sbin:/usr/bin` alone, as in SMF.
  public static final String USUAL_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /// No context given.
  public static final MethodContext NONE =
      new MethodContext(
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          false,
          OptionalInt.empty(),
          OptionalInt.empty());

  public MethodContext {
    environment = List.copyOf(environment);
    environmentFiles = List.copyOf(environmentFiles);
    limits = Map.copyOf(limits);
    supplementaryGroups = supplementaryGroups.map(List::copyOf);
    capabilities = capabilities.map(List::copyOf);
  }

  /// A context without files of variables.
  public MethodContext(
      boolean given,
      Optional<String> user,
      Optional<String> group,
      Optional<List<String>> supplementaryGroups,
      Optional<String> workingDirectory,
      List<String> environment,
      Optional<String> umask,
      Map<String, Limit> limits,
      Optional<List<String>> capabilities,
      boolean noNewPrivileges,
      OptionalInt nice,
      OptionalInt oomScoreAdjust) {
    this(
        given,
        user,
        group,
        supplementaryGroups,
        workingDirectory,
        environment,
        List.of(),
        umask,
        limits,
        capabilities,
        noNewPrivileges,
        nice,
        oomScoreAdjust);
  }

  /// One resource limit; [#UNLIMITED] for none.
  ///
  /// @param soft the value enforced
  /// @param hard its ceiling
  public record Limit(long soft, long hard) {
    public static final long UNLIMITED = -1;
  }
}
