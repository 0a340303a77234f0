package bespoke.supervisor.http;

import bespoke.supervisor.rpc.Fault;
import bespoke.supervisor.rpc.MalformedXmlException;
import bespoke.supervisor.rpc.MethodCall;
import bespoke.supervisor.rpc.MethodTable;
import bespoke.supervisor.rpc.XmlRpcReader;
import bespoke.supervisor.rpc.XmlRpcWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Decides what answers a request.
public final class Routes implements Function<HttpRequest, HttpResponse> {
  private final MethodTable methods;
  private final LogFiles logs;
  private final @Nullable BasicAuthentication authentication;
  private final Consumer<String> onBug;
  private final Origin origin;
  private final WebPages pages;

  /// Where the logs are that can be followed.
  public interface LogFiles {
    /// The activity log; null if there is none.
    @Nullable Path mainLog() throws InterruptedException;

    /// The log of a process; null if there is none, or no such process.
    @Nullable Path processLog(String name, boolean stderr) throws InterruptedException;
  }

  /// @param authentication null = everybody may do everything
  /// @param onBug gets what went wrong unexpectedly
  public Routes(
      MethodTable methods,
      LogFiles logs,
      @Nullable BasicAuthentication authentication,
      Consumer<String> onBug) {
    this.methods = methods;
    this.logs = logs;
    this.authentication = authentication;
    this.onBug = onBug;
    origin = new Origin(authentication != null);
    pages = new WebPages(methods, origin);
  }

  @Override
  public HttpResponse apply(HttpRequest request) {
    if (authentication != null && !authentication.accepts(request)) {
      return BasicAuthentication.challenge();
    }
    try {
      return route(request);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return HttpResponse.error(500);
    } catch (RuntimeException e) {
      onBug.accept("cannot answer " + request.method() + " " + request.path() + ": " + e);
      return HttpResponse.error(500);
    }
  }

  private HttpResponse route(HttpRequest request) throws InterruptedException {
    String path = request.path();
    if (path.startsWith("/RPC2")) {
      return request.method().equals("POST") ? remoteCall(request) : HttpResponse.error(400);
    }
    if (path.startsWith("/logtail/") || path.equals("/mainlogtail")) {
      return request.method().equals("GET") ? follow(path) : HttpResponse.error(400);
    }
    if (!request.method().equals("GET") && !request.method().equals("POST")) {
      return HttpResponse.error(404);
    }
    return switch (path) {
      case "/", "/index.html" -> pages.status(request);
      case "/tail.html" -> pages.tail(request);
      case "/ok.html" -> HttpResponse.of(200, "text/html", "OK");
      default -> HttpResponse.error(404);
    };
  }

  private HttpResponse remoteCall(HttpRequest request) throws InterruptedException {
    if (origin.isForeign(request)) {
      return HttpResponse.error(403);
    }
    MethodCall call;
    try {
      call = XmlRpcReader.call(request.body());
    } catch (MalformedXmlException _) {
      return HttpResponse.error(400);
    }
    if (call.method().isEmpty()) {
      return HttpResponse.error(400);
    }
    byte[] answer;
    try {
      answer = XmlRpcWriter.response(methods.call(call));
    } catch (Fault e) {
      answer = XmlRpcWriter.fault(e);
    }
    return new HttpResponse.Whole(200, Map.of("Content-Type", "text/xml"), answer);
  }

  private HttpResponse follow(String path) throws InterruptedException {
    Path file = path.equals("/mainlogtail") ? logs.mainLog() : processLog(path);
    if (file == null) {
      return HttpResponse.error(404);
    }
    try {
      return new HttpResponse.Endless(
          Map.of("Content-Type", "text/plain;charset=utf-8", "X-Accel-Buffering", "no"),
          new LogTail(file));
    } catch (IOException _) {
      return HttpResponse.error(404);
    }
  }

  private @Nullable Path processLog(String path) throws InterruptedException {
    List<String> parts = List.of(path.substring("/logtail/".length()).split("/", -1));
    String stream = parts.size() > 1 ? parts.get(1) : "stdout";
    if (parts.size() > 2 || !(stream.equals("stdout") || stream.equals("stderr"))) {
      return null;
    }
    return logs.processLog(parts.getFirst(), stream.equals("stderr"));
  }
}
