package bespoke.contract;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// A process to be started: everything that it is born with. It gets a session of its own, no
/// blocked and no ignored signals, and no descriptor but those named here.
///
/// Make one with [#of] and the `with…` methods.
///
/// @param run the caller's number for this start; comes back in the listener's calls
/// @param command program and arguments. A program without a slash is looked for in `PATH` of the
///   launch's environment; no shell is involved
/// @param environment `NAME=value` each; nothing else is inherited
/// @param directory the working directory, absolute
/// @param input standard input
/// @param output standard output
/// @param error standard error
/// @param descriptors further descriptors: the number in the process (3 and up) to ours
/// @param umask 0 to 0777; empty keeps ours
/// @param limits by setrlimit(2) name in lower case without `RLIMIT_`, in its units
/// @param credentials user, groups and capabilities
/// @param nice -20 to 19, absolute; empty keeps ours
/// @param oomScoreAdjust -1000 to 1000 (proc(5)); empty keeps ours
public record Launch(
    long run,
    List<String> command,
    List<String> environment,
    Path directory,
    Stream input,
    Stream output,
    Stream error,
    Map<Integer, Integer> descriptors,
    OptionalInt umask,
    Map<String, Limit> limits,
    Credentials credentials,
    OptionalInt nice,
    OptionalInt oomScoreAdjust) {

  public Launch {
    command = List.copyOf(command);
    environment = List.copyOf(environment);
    descriptors = Collections.unmodifiableMap(new TreeMap<>(descriptors));
    limits = Collections.unmodifiableMap(new TreeMap<>(limits));
    if (command.isEmpty()) {
      throw new IllegalArgumentException("no command");
    }
    for (int number : descriptors.keySet()) {
      if (number < 3 || number > 1023) {
        throw new IllegalArgumentException("descriptor number " + number);
      }
    }
  }

  /// A process in `/` with standard input, output and error on the null device.
  public static Launch of(long run, List<String> command, List<String> environment) {
    return new Launch(
        run,
        command,
        environment,
        Path.of("/"),
        new Stream.Nothing(),
        new Stream.Nothing(),
        new Stream.Nothing(),
        Map.of(),
        OptionalInt.empty(),
        Map.of(),
        Credentials.OURS,
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /// The same, in another working directory.
  public Launch withDirectory(Path newDirectory) {
    return new Launch(
        run,
        command,
        environment,
        newDirectory,
        input,
        output,
        error,
        descriptors,
        umask,
        limits,
        credentials,
        nice,
        oomScoreAdjust);
  }

  /// The same, with output and error appended to one file.
  public Launch withLog(Path log, int mode) {
    return withStreams(input, new Stream.Append(log, mode), new Stream.SameAsOutput());
  }

  /// The same, with other streams.
  public Launch withStreams(Stream newInput, Stream newOutput, Stream newError) {
    return new Launch(
        run,
        command,
        environment,
        directory,
        newInput,
        newOutput,
        newError,
        descriptors,
        umask,
        limits,
        credentials,
        nice,
        oomScoreAdjust);
  }

  /// The same, passing further descriptors.
  public Launch withDescriptors(Map<Integer, Integer> newDescriptors) {
    return new Launch(
        run,
        command,
        environment,
        directory,
        input,
        output,
        error,
        newDescriptors,
        umask,
        limits,
        credentials,
        nice,
        oomScoreAdjust);
  }

  /// The same, with a umask.
  public Launch withUmask(int newUmask) {
    return new Launch(
        run,
        command,
        environment,
        directory,
        input,
        output,
        error,
        descriptors,
        OptionalInt.of(newUmask),
        limits,
        credentials,
        nice,
        oomScoreAdjust);
  }

  /// The same, with limits.
  public Launch withLimits(Map<String, Limit> newLimits) {
    return new Launch(
        run,
        command,
        environment,
        directory,
        input,
        output,
        error,
        descriptors,
        umask,
        newLimits,
        credentials,
        nice,
        oomScoreAdjust);
  }

  /// The same, as somebody else.
  public Launch withCredentials(Credentials newCredentials) {
    return new Launch(
        run,
        command,
        environment,
        directory,
        input,
        output,
        error,
        descriptors,
        umask,
        limits,
        newCredentials,
        nice,
        oomScoreAdjust);
  }

  /// The same, with a priority; see nice(2).
  public Launch withNice(int newNice) {
    return new Launch(
        run,
        command,
        environment,
        directory,
        input,
        output,
        error,
        descriptors,
        umask,
        limits,
        credentials,
        OptionalInt.of(newNice),
        oomScoreAdjust);
  }

  /// The same, with a score for the out-of-memory killer.
  public Launch withOomScoreAdjust(int newScore) {
    return new Launch(
        run,
        command,
        environment,
        directory,
        input,
        output,
        error,
        descriptors,
        umask,
        limits,
        credentials,
        nice,
        OptionalInt.of(newScore));
  }

  /// The value of a variable of the environment.
  public Optional<String> variable(String name) {
    return environment.reversed().stream()
        .filter(entry -> entry.startsWith(name + "="))
        .map(entry -> entry.substring(name.length() + 1))
        .findFirst();
  }
}
