package bespoke.cli;

import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.OperandMatcher;
import bespoke.api.Outcome;
import bespoke.api.RefusedRequest;
import bespoke.api.Reply;
import bespoke.api.Request;
import bespoke.api.RequestReader;
import bespoke.api.TableRecord;
import bespoke.api.TableView;
import bespoke.api.listing.PlainTable;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers requests on a control socket from what a test has prepared; remembers the requests.
final class FakeDaemon implements AutoCloseable {

  private final ServerSocketChannel server;
  private final List<InstanceRecord> instances = new ArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private Function<Request, List<Reply>> script = request -> List.of(Outcome.OK);

  FakeDaemon(Path root) throws IOException {
    Path socket = root.resolve("run/control.sock");
    Files.createDirectories(socket.getParent());
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(this::accept);
  }

  /// These instances are listed.
  FakeDaemon with(InstanceRecord... records) {
    instances.addAll(List.of(records));
    return this;
  }

  /// Requests other than `list` are answered so; the last reply is the outcome.
  FakeDaemon answering(Function<Request, List<Reply>> answers) {
    script = answers;
    return this;
  }

  /// What was asked so far.
  List<Request> requests() {
    return requests;
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (AsynchronousCloseException e) {
      // closed: the test is over
    } catch (ClosedChannelException e) {
      // the same
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      InputStream in = new BufferedInputStream(Channels.newInputStream(client));
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(client), 1 << 16);
      byte[] line = line(in);
      while (line.length > 0) {
        for (Reply reply : answer(line)) {
          out.write(reply.toLine());
        }
        out.flush();
        line = line(in);
      }
    } catch (IOException e) {
      // the command went away
    }
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.write(c);
    }
    return line.toByteArray();
  }

  private List<? extends Reply> answer(byte[] line) {
    try {
      Request request = RequestReader.read(line);
      requests.add(request);
      return request instanceof InstanceRequest.ListInstances list
          ? seen(list(list), list.table())
          : script.apply(request);
    } catch (RefusedRequest e) {
      return List.of(e.outcome());
    }
  }

  /// The table of the records among the replies, if it was asked for.
  private static List<Reply> seen(List<Reply> replies, @Nullable TableView view) {
    if (view == null) {
      return replies;
    }
    List<InstanceRecord> records = new ArrayList<>();
    for (Reply reply : replies) {
      if (reply instanceof InstanceRecord record) {
        records.add(record);
      }
    }
    String table = PlainTable.of(records, view);
    return List.of(new TableRecord(table), replies.getLast());
  }

  private List<Reply> list(InstanceRequest.ListInstances request) {
    if (request.operands().isEmpty()) {
      List<Reply> all = new ArrayList<>();
      for (InstanceRecord instance : instances) {
        if (!request.enabledOnly()
            || instance.enabled().permanent()
            || !instance.enabled().override().isEmpty()
            || instance.state().equals("legacy_run")) {
          all.add(instance);
        }
      }
      all.add(Outcome.OK);
      return all;
    }
    List<OperandMatcher.Match> matches =
        new OperandMatcher(catalogue()).matches(request.operands());
    List<Reply> replies = new ArrayList<>();
    for (String fmri : OperandMatcher.union(matches)) {
      instances.stream().filter(i -> i.fmri().equals(fmri)).forEach(replies::add);
    }
    replies.add(new Outcome("", 0, List.of(), OperandMatcher.unmatched(matches)));
    return replies;
  }

  private OperandMatcher.Catalogue catalogue() {
    List<String> all = instances.stream().map(InstanceRecord::fmri).toList();
    return new OperandMatcher.Catalogue() {
      @Override
      public boolean hasInstance(String fmri) {
        return all.contains(fmri);
      }

      @Override
      public Collection<String> instancesOf(String serviceFmri) {
        return all.stream().filter(f -> f.startsWith(serviceFmri + ":")).toList();
      }

      @Override
      public Iterable<String> all() {
        return all;
      }
    };
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
