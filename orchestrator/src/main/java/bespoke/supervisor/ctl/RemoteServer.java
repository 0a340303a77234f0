package bespoke.supervisor.ctl;

import bespoke.supervisor.ctl.UnreachableException.Kind;
import bespoke.supervisor.rpc.MalformedXmlException;
import bespoke.supervisor.rpc.MethodCall;
import bespoke.supervisor.rpc.RemoteFault;
import bespoke.supervisor.rpc.XmlRpcReader;
import bespoke.supervisor.rpc.XmlRpcWriter;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls the methods of a server.
final class RemoteServer {
  private static final int UNAUTHORIZED = 401;

  private final ServerUrl url;
  private final HttpClient http;

  RemoteServer(ServerUrl url, @Nullable String username, @Nullable String password) {
    this.url = url;
    http = new HttpClient(url.address(), username, password);
  }

  ServerUrl url() {
    return url;
  }

  /// Calls `supervisor.METHOD`.
  Object call(String method, Object... parameters) throws RemoteFault, UnreachableException {
    byte[] body = XmlRpcWriter.call(new MethodCall("supervisor." + method, List.of(parameters)));
    try (HttpClient.Answer answer = http.post("/RPC2", body)) {
      if (answer.status() != 200) {
        throw refused(answer.status());
      }
      return XmlRpcReader.response(answer.body().readAllBytes());
    } catch (MalformedXmlException e) {
      throw new UnreachableException(Kind.OTHER, url.text() + ": " + e.getMessage());
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /// The call of a method that answers with structs.
  @SuppressWarnings("unchecked") // members of structs have names, by XmlRpcReader
  List<Map<String, Object>> structs(String method, Object... parameters)
      throws RemoteFault, UnreachableException {
    return ((List<?>) call(method, parameters))
        .stream().map(element -> (Map<String, Object>) element).toList();
  }

  /// Follows a log.
  HttpClient.Answer follow(String path) throws UnreachableException {
    try {
      HttpClient.Answer answer = http.follow(path);
      if (answer.status() != 200) {
        answer.close();
        throw refused(answer.status());
      }
      return answer;
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private UnreachableException refused(int status) {
    return status == UNAUTHORIZED
        ? new UnreachableException(Kind.NOT_AUTHORIZED, "Server requires authentication")
        : new UnreachableException(Kind.OTHER, url.text() + " answers with status " + status);
  }

  private UnreachableException unreachable(IOException e) {
    if (url.text().startsWith("unix://")
        && !Files.exists(Path.of(url.text().substring("unix://".length())))) {
      return new UnreachableException(Kind.NO_SUCH_FILE, url.text() + " no such file");
    }
    return e instanceof ConnectException || String.valueOf(e.getMessage()).contains("refused")
        ? new UnreachableException(Kind.REFUSED, url.text() + " refused connection")
        : new UnreachableException(Kind.OTHER, "error: " + url.text() + ": " + e);
  }
}
