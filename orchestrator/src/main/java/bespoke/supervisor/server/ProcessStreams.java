package bespoke.supervisor.server;

import bespoke.contract.Stream;
import bespoke.os.Descriptor;
import bespoke.os.Errno;
import bespoke.os.ResourceShortage;
import bespoke.supervisor.config.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The pipes of one process, from before it is started until all who hold them are gone.
final class ProcessStreams {
  /// Until then a process that was started has opened its pipes.
  private static final Duration OPENING = Duration.ofMillis(100);

  private final Loop loop;
  private final @Nullable PrivateDirectory directory;
  private final List<Descriptor> childEnds = new ArrayList<>();
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
    watch(path, both(route, listening));
    return new Stream.BothEnds(path);
  }

  /// Pumps a pipe that exists, of a process that an earlier server started.
  void watch(Path path, Consumer<byte[]> sink) throws IOException {
    Descriptor ours = opened(path, Descriptor.READ_ONLY | Descriptor.NON_BLOCKING);
    pumps.add(new OutputPump(loop, ours, sink, () -> removeName(path)));
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
  void started() {
    if (directory == null) {
      closeChildEnds();
    } else if (!childEnds.isEmpty()) {
      var _ = loop.after(OPENING, this::closeChildEnds);
    }
  }

  /// The process has its ends now, or there is no process: ours of them are closed.
  void closeChildEnds() {
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
    drain();
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
    closeChildEnds();
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
