package bespoke.supervisor.server;

import bespoke.contract.Stream;
import bespoke.os.Descriptor;
import bespoke.os.Errno;
import bespoke.os.ResourceShortage;
import bespoke.supervisor.config.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The pipes of one process, from before it is started until all who hold them are gone.
final class ProcessStreams {
  /// How often it is looked at whether a process that was started has opened its input.
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Loop loop;
  private final @Nullable PrivateDirectory directory;
  private final List<Descriptor> childEnds = new ArrayList<>();
  private final List<Descriptor> outputEnds = new ArrayList<>();
  private final List<OutputPump> pumps = new ArrayList<>();
  private @Nullable InputPipe input;
  private @Nullable Path inputPath;

  ProcessStreams(Loop loop, @Nullable PrivateDirectory directory) {
    this.loop = loop;
    this.directory = directory;
  }

  /// Makes an output pipe and pumps it into a route.
  ///
  /// @param listening gets the output too
  /// @throws IOException with the reason
  Stream output(String name, @Nullable Account user, OutputRoute route, Consumer<byte[]> listening)
      throws IOException {
    if (directory == null) {
      Descriptor.Pipe pipe = anonymousPipe();
      pipe.reader().makeNonBlocking();
      childEnds.add(pipe.writer());
      pumps.add(new OutputPump(loop, pipe.reader(), both(route, listening), () -> {}));
      return new Stream.Inherited(pipe.writer().number());
    }
    Path path = directory.makePipe(name, user);
    outputEnds.add(opened(path, Descriptor.READ_WRITE)); // no end is seen while the process starts
    watch(path, both(route, listening));
    return new Stream.BothEnds(path);
  }

  /// Pumps a pipe that exists, of a process that an earlier server started.
  void watch(Path path, Consumer<byte[]> sink) throws IOException {
    Descriptor ours = opened(path, Descriptor.READ_ONLY | Descriptor.NON_BLOCKING);
    try {
      pumps.add(new OutputPump(loop, ours, sink, () -> removeName(path)));
    } catch (ResourceShortage e) {
      ours.close();
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Consumer<byte[]> both(OutputRoute route, Consumer<byte[]> listening) {
    return data -> {
      route.accept(data);
      listening.accept(data);
    };
  }

  /// Makes the input pipe.
  Stream input(String name, @Nullable Account user) throws IOException {
    if (directory == null) {
      Descriptor.Pipe pipe = anonymousPipe();
      pipe.writer().makeNonBlocking();
      childEnds.add(pipe.reader());
      input = new InputPipe(loop, pipe.writer());
      return new Stream.Inherited(pipe.reader().number());
    }
    Path path = directory.makePipe(name, user);
    childEnds.add(opened(path, Descriptor.READ_WRITE)); // a pipe without a reader cannot be opened
    attachInput(path);
    return new Stream.BothEnds(path);
  }

  /// Opens an input pipe that exists.
  void attachInput(Path path) throws IOException {
    input = new InputPipe(loop, opened(path, Descriptor.WRITE_ONLY | Descriptor.NON_BLOCKING));
    inputPath = path;
  }

  /// The process was started and will soon have opened its ends.
  void started(long pid) {
    if (directory == null) {
      closeChildEnds();
    } else if (!childEnds.isEmpty()) {
      var _ = loop.after(BETWEEN_LOOKS, () -> closeWhenOpened(pid));
    }
  }

  /// Until then it reads from the pipe that says what it is to be.
  private void closeWhenOpened(long pid) {
    if (!childEnds.isEmpty() && input(pid).startsWith("pipe:")) {
      started(pid);
    } else {
      closeChildEnds();
    }
  }

  private static String input(long pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/0")).toString();
    } catch (IOException _) {
      return ""; // it has closed it, or is gone
    }
  }

  /// The process has its ends now, or there is no process: ours of them are closed.
  private void closeChildEnds() {
    childEnds.forEach(Descriptor::close);
    childEnds.clear();
  }

  InputPipe.Sent send(byte[] data) {
    return input == null ? InputPipe.Sent.CLOSED : input.send(data);
  }

  /// Reads what the process has written so far.
  void drain() {
    pumps.forEach(OutputPump::drain);
  }

  /// The process is gone. Output is read on until those who inherited the pipes are gone as well.
  void processEnded() {
    closeChildEnds();
    drain();
    outputEnds.forEach(Descriptor::close);
    outputEnds.clear();
    if (input != null) {
      input.close();
      input = null;
    }
    if (inputPath != null) {
      removeName(inputPath);
    }
  }

  /// Nothing was started, or nobody is interested any more.
  void close() {
    processEnded();
    pumps.forEach(OutputPump::close);
  }

  private void removeName(Path path) {
    if (directory != null) {
      directory.remove(path);
    }
  }

  private static Descriptor opened(Path path, int flags) throws IOException {
    int number = Descriptor.open(path, flags, 0);
    if (number < 0) {
      throw new IOException(Errno.text(-number));
    }
    return new Descriptor(number);
  }

  private static Descriptor.Pipe anonymousPipe() throws IOException {
    try {
      return Descriptor.pipe();
    } catch (ResourceShortage e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
