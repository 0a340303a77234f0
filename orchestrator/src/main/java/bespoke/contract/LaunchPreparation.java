package bespoke.contract;

import bespoke.contract.LaunchFailure.Kind;
import bespoke.model.definition.LinuxNames;
import bespoke.os.Descriptor;
import bespoke.os.Errno;
import bespoke.os.SpawnContext;
import bespoke.os.SpawnRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Turns a [Launch] into a [PreparedLaunch]: finds the program, resolves names, opens files, and
/// decides what must run before the program.
final class LaunchPreparation {
  private static final String DEFAULT_SEARCH_PATH = "/usr/bin:/bin";

  private final Launch launch;
  private final Membership.Birth birth;
  private final Abilities abilities;
  private final Trampoline trampoline = new Trampoline();
  private final List<Descriptor> opened = new ArrayList<>();
  private final Map<Integer, Integer> descriptors = new TreeMap<>();
  private OptionalInt cgroup = OptionalInt.empty();
  private Optional<Identity> identity = Optional.empty();

  private LaunchPreparation(Launch launch, Membership.Birth birth, Abilities abilities) {
    this.launch = launch;
    this.birth = birth;
    this.abilities = abilities;
  }

  static Answer prepare(Launch launch, Membership.Birth birth, Abilities abilities) {
    return new LaunchPreparation(launch, birth, abilities).prepare();
  }

  /// What needs no trampoline.
  ///
  /// @param setsContext umask, limits and oom score
  /// @param setsCredentials user, groups and capabilities
  /// @param changesDirectory the working directory
  record Abilities(boolean setsContext, boolean setsCredentials, boolean changesDirectory) {}

  /// The answer to [#prepare].
  sealed interface Answer {
    record Ready(PreparedLaunch prepared) implements Answer {}

    record Impossible(LaunchFailure failure) implements Answer {}
  }

  private Answer prepare() {
    if (hasNul()) {
      return new Answer.Impossible(
          new LaunchFailure(
              Kind.CONTEXT,
              "cannot execute %s: the command or the environment contains a NUL character"
                  .formatted(launch.command().getFirst().replace('\0', '?'))));
    }
    Optional<String> program = findProgram();
    if (program.isEmpty()) {
      return new Answer.Impossible(
          new LaunchFailure(
              Kind.MISSING,
              "cannot execute %s: it is in no directory of PATH"
                  .formatted(launch.command().getFirst())));
    }
    Optional<LaunchFailure> failure =
        setBirth()
            .or(this::setPrivileges)
            .or(() -> openStreams())
            .or(() -> checkDirectory(program.get()));
    if (failure.isPresent()) {
      opened.forEach(Descriptor::close);
      return new Answer.Impossible(failure.get());
    }
    return new Answer.Ready(request(program.get()));
  }

  /// C strings end there.
  private boolean hasNul() {
    return launch.command().stream().anyMatch(word -> word.indexOf('\0') >= 0)
        || launch.environment().stream().anyMatch(entry -> entry.indexOf('\0') >= 0);
  }

  private Optional<String> findProgram() {
    String program = launch.command().getFirst();
    if (program.contains("/")) {
      return Optional.of(program);
    }
    String searchPath = launch.variable("PATH").orElse(DEFAULT_SEARCH_PATH);
    return Tools.inSearchPath(program, searchPath).map(Path::toString);
  }

  private Optional<LaunchFailure> setBirth() {
    birth.cgroup().ifPresent(this::enter);
    if (!abilities.changesDirectory()) {
      trampoline.changeDirectory(launch.directory().toString());
    }
    if (abilities.setsContext()) {
      return Optional.empty();
    }
    if (launch.umask().orElse(OurIdentity.umask()) != OurIdentity.umask()) {
      launch.umask().ifPresent(trampoline::setUmask);
    }
    Optional<LaunchFailure> failure = trampoline.setLimits(launch.limits());
    launch.oomScoreAdjust().ifPresent(trampoline::setOomScoreAdjust);
    return failure;
  }

  /// Born in it where that is possible; else the trampoline joins, which costs one execve(2) more
  /// and, when no process has changed its cgroup lately, the 10 ms and more for which the kernel
  /// waits before it lets one (`docs/performance.md`).
  private void enter(Path directory) {
    int number = birth.isChosen() ? Descriptor.open(directory, Descriptor.DIRECTORY, 0) : -1;
    if (number < 0) {
      trampoline.enter(directory.resolve("cgroup.procs").toString());
    } else {
      opened.add(new Descriptor(number));
      cgroup = OptionalInt.of(number);
    }
  }

  private Optional<LaunchFailure> setPrivileges() {
    switch (Identity.resolve(launch.credentials())) {
      case Identity.Resolved.Ours() -> {}
      case Identity.Resolved.Unknown(LaunchFailure failure) -> {
        return Optional.of(failure);
      }
      case Identity.Resolved.Known(Identity wanted) -> {
        if (!isOurs(wanted)) {
          if (OurIdentity.uid() != 0) {
            return Optional.of(
                new LaunchFailure(
                    Kind.CONTEXT,
                    "cannot become user %d, group %d: only root can; run as root, or leave user and group out"
                        .formatted(wanted.uid(), wanted.gid())));
          }
          identity = Optional.of(wanted);
        }
      }
    }
    if (setsCredentials()) {
      return Optional.empty();
    }
    List<String> options = new ArrayList<>();
    identity.ifPresent(wanted -> addIdentity(options, wanted));
    launch.credentials().capabilities().ifPresent(names -> addCapabilities(options, names));
    return trampoline.setPrivileges(options);
  }

  /// Names that are younger than this program are left to setpriv(1).
  private boolean setsCredentials() {
    return abilities.setsCredentials()
        && LinuxNames.CAPABILITIES.containsAll(
            launch.credentials().capabilities().orElse(List.of()));
  }

  /// An ordinary user has the groups of its login, and could not get others.
  private boolean isOurs(Identity identity) {
    Identity ours = OurIdentity.identity();
    return identity.equals(ours)
        || (ours.uid() != 0
            && identity.uid() == ours.uid()
            && identity.gid() == ours.gid()
            && launch.credentials().supplementaryGroups().isEmpty());
  }

  private static void addIdentity(List<String> options, Identity identity) {
    options.add("--reuid=" + identity.uid());
    options.add("--regid=" + identity.gid());
    options.add(
        identity.groups().isEmpty()
            ? "--clear-groups"
            : identity.groups().stream()
                .map(Object::toString)
                .collect(Collectors.joining(",", "--groups=", "")));
  }

  private static void addCapabilities(List<String> options, List<String> names) {
    String set =
        names.stream().map(name -> ",+" + name).collect(Collectors.joining("", "-all", ""));
    options.add("--bounding-set=" + set);
    options.add("--inh-caps=" + set);
    options.add("--ambient-caps=" + set);
  }

  private Optional<LaunchFailure> openStreams() {
    descriptors.putAll(launch.descriptors());
    return open(0, launch.input())
        .or(() -> open(1, launch.output()))
        .or(() -> open(2, launch.error()));
  }

  private Optional<LaunchFailure> open(int number, Stream stream) {
    return switch (stream) {
      case Stream.Nothing() -> Optional.empty();
      case Stream.Inherited(int ours) -> {
        descriptors.put(number, ours);
        yield Optional.empty();
      }
      case Stream.SameAsOutput() -> {
        Integer output = descriptors.get(1);
        if (output != null) {
          descriptors.put(number, output);
        }
        yield Optional.empty();
      }
      case Stream.Append(Path path, int mode) ->
          open(number, path, Descriptor.WRITE_ONLY | Descriptor.CREATE | Descriptor.APPEND, mode);
      case Stream.ReadFrom(Path path) -> open(number, path, Descriptor.READ_ONLY, 0);
      case Stream.BothEnds(Path path) -> open(number, path, Descriptor.READ_WRITE, 0);
    };
  }

  private Optional<LaunchFailure> open(int number, Path path, int flags, int mode) {
    int ours = Descriptor.open(path, flags, mode);
    if (ours < 0) {
      return Optional.of(
          new LaunchFailure(
              Errno.isShortage(-ours) ? Kind.RESOURCES : Kind.INPUT_OUTPUT,
              "cannot open %s for %s: %s"
                  .formatted(path, number == 0 ? "input" : "output", Errno.text(-ours))));
    }
    opened.add(new Descriptor(ours));
    descriptors.put(number, ours);
    return Optional.empty();
  }

  private Optional<LaunchFailure> checkDirectory(String program) {
    if (trampoline.isNeeded() && abilities.changesDirectory()) {
      return new ProgramCheck(program, launch.directory()).directoryProblem();
    }
    return Optional.empty();
  }

  private PreparedLaunch request(String program) {
    List<String> command = new ArrayList<>(launch.command());
    boolean isTrampolined = trampoline.isNeeded();
    if (isTrampolined) {
      command.set(0, program);
      command = trampoline.command(Tools.shell().orElse("/bin/sh"), command);
    }
    List<String> environment = new ArrayList<>(launch.environment());
    environment.addAll(birth.environment());
    SpawnRequest request =
        new SpawnRequest(
            isTrampolined ? command.getFirst() : program,
            command,
            environment,
            abilities.changesDirectory()
                ? Optional.of(launch.directory().toString())
                : Optional.empty(),
            descriptors,
            launch.nice(),
            launch.credentials().noNewPrivileges(),
            context(),
            cgroup);
    return new PreparedLaunch(
        request, new ProgramCheck(program, launch.directory()), isTrampolined, opened);
  }

  /// What the process gets without a trampoline.
  private SpawnContext context() {
    if (!abilities.setsContext()) {
      return SpawnContext.NONE;
    }
    return new SpawnContext(
        launch.umask(),
        LaunchContext.limits(launch.limits()),
        launch.oomScoreAdjust(),
        setsCredentials() ? identity.map(LaunchContext::identity) : Optional.empty(),
        setsCredentials()
            ? launch.credentials().capabilities().map(LaunchContext::capabilities)
            : Optional.empty());
  }
}
