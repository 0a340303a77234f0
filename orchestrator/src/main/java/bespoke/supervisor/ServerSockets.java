package bespoke.supervisor;

import bespoke.os.OwnProcess;
import bespoke.supervisor.config.Configuration;
import bespoke.supervisor.config.HttpServerConfig;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.SocketAddressConfig;
import bespoke.supervisor.http.BasicAuthentication;
import bespoke.supervisor.http.HttpListener;
import bespoke.supervisor.http.Routes;
import bespoke.supervisor.http.SocketInUseException;
import bespoke.supervisor.log.ActivityLog;
import bespoke.supervisor.rpc.MethodTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Opens the HTTP servers of a configuration.
final class ServerSockets {
  private ServerSockets() {}

  /// @param onProblem told what could not be answered
  /// @return listeners that do not serve yet
  /// @throws CannotStartException if one cannot be opened; then none is
  static List<HttpListener> open(
      Configuration configuration,
      MethodTable methods,
      Routes.LogFiles logs,
      Consumer<String> onProblem)
      throws CannotStartException {
    var listeners = new ArrayList<HttpListener>();
    for (HttpServerConfig http : configuration.httpServers()) {
      BasicAuthentication authentication =
          http.username() == null || http.password() == null
              ? null
              : new BasicAuthentication(http.username(), http.password());
      var routes = new Routes(methods, logs, authentication, onProblem);
      try {
        listeners.add(HttpListener.open(http, routes));
      } catch (SocketInUseException e) {
        listeners.forEach(HttpListener::close);
        throw new CannotStartException(String.valueOf(e.getMessage()));
      }
    }
    return listeners;
  }

  /// Says who may do more than the operator perhaps knows.
  static void warnOfOpenness(Configuration configuration, ActivityLog current) {
    if (OwnProcess.effectiveUid() == 0 && configuration.server().user() == null) {
      current.write(
          LogLevel.CRITICAL,
          "Supervisor is running as root.  Privileges were not dropped because no user is specified"
              + " in the config file.  If you intend to run as root, you can set user=root in the"
              + " config file to avoid this message.");
    }
    for (HttpServerConfig http : configuration.httpServers()) {
      boolean open =
          http.username() == null
              && (http.address() instanceof SocketAddressConfig.Inet || (http.mode() & 077) != 0);
      if (open) {
        current.write(
            LogLevel.CRITICAL,
            "Server '" + http.section() + "' running without any HTTP authentication checking");
      }
    }
  }
}
