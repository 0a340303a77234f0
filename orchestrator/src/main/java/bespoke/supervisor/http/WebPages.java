package bespoke.supervisor.http;

import bespoke.supervisor.rpc.Fault;
import bespoke.supervisor.rpc.MethodCall;
import bespoke.supervisor.rpc.MethodTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The status page with its actions, and the tail page.
///
/// An action is done for a link or form of our own page only, see [Origin].
final class WebPages {
  private static final int TAIL_BYTES_MIN = 1024;

  private final MethodTable methods;
  private final Origin origin;

  WebPages(MethodTable methods, Origin origin) {
    this.methods = methods;
    this.origin = origin;
  }

  HttpResponse status(HttpRequest request) throws InterruptedException {
    String action = request.query().get("action");
    if (action != null) {
      return origin.isForeignGet(request) ? HttpResponse.error(403) : act(request, action);
    }
    try {
      List<?> processes = (List<?>) call("supervisor.getAllProcessInfo");
      var rows = new StringBuilder();
      processes.forEach(process -> rows.append(row((Map<?, ?>) process)));
      String message = request.query().getOrDefault("message", "");
      return page(
          "Supervisor Status",
          "<h1>Supervisor status</h1>\n"
              + (message.isEmpty() ? "" : "<p role=\"status\">" + Html.escaped(message) + "</p>\n")
              + "<p>"
              + link("?action=refresh", "Refresh")
              + " "
              + link("?action=restartall", "Restart All")
              + " "
              + link("?action=stopall", "Stop All")
              + "</p>\n<table>\n<thead><tr><th>State</th>"
              + "<th>Description</th><th>Name</th><th>Action</th></tr></thead>\n<tbody>\n"
              + rows
              + "</tbody>\n</table>");
    } catch (Fault e) {
      return page("Supervisor Status", "<p>" + Html.escaped(e.text()) + "</p>");
    }
  }

  private static String row(Map<?, ?> process) {
    String group = String.valueOf(process.get("group"));
    String process1 = String.valueOf(process.get("name"));
    String name = group.equals(process1) ? group : group + ":" + process1;
    String state = String.valueOf(process.get("statename"));
    String parameter = "?processname=" + Html.parameter(name) + "&amp;action=";
    String actions =
        switch (state) {
          case "RUNNING" ->
              link(parameter + "restart", "Restart") + " " + link(parameter + "stop", "Stop");
          case "STOPPED", "EXITED", "FATAL" -> link(parameter + "start", "Start");
          default -> "";
        };
    return "<tr><td class=\""
        + state
        + "\">"
        + state.toLowerCase(java.util.Locale.ROOT)
        + "</td><td>"
        + Html.escaped(String.valueOf(process.get("description")))
        + "</td><td>"
        + link("tail.html?processname=" + Html.parameter(name), Html.escaped(name))
        + "</td><td>"
        + actions
        + " "
        + link(parameter + "clearlog", "Clear Log")
        + " "
        + link("logtail/" + Html.parameter(name), "Tail -f Stdout")
        + " "
        + link("logtail/" + Html.parameter(name) + "/stderr", "Tail -f Stderr")
        + "</td></tr>\n";
  }

  private static String link(String target, String text) {
    return "<a href=\"" + target + "\">" + text + "</a>";
  }

  private HttpResponse act(HttpRequest request, String action) throws InterruptedException {
    String name = request.query().getOrDefault("processname", "");
    String message;
    try {
      message =
          switch (action) {
            case "refresh" -> "Page refreshed";
            case "restartall" -> {
              Object _ = call("supervisor.stopAllProcesses");
              Object _ = call("supervisor.startAllProcesses", false);
              yield "All restarted";
            }
            case "stopall" -> {
              Object _ = call("supervisor.stopAllProcesses");
              yield "All stopped";
            }
            case "start" -> done(call("supervisor.startProcess", name, false), name, "started");
            case "stop" -> done(call("supervisor.stopProcess", name), name, "stopped");
            case "restart" -> {
              try {
                Object _ = call("supervisor.stopProcess", name);
              } catch (Fault _) {
                // it was not running: then it is only started
              }
              yield done(call("supervisor.startProcess", name, false), name, "restarted");
            }
            case "clearlog" ->
                done(call("supervisor.clearProcessLogs", name), "Log of " + name, "cleared");
            default -> "";
          };
    } catch (Fault e) {
      message = action + " " + name + ": " + e.text();
    }
    if (message.isEmpty()) {
      return HttpResponse.error(500);
    }
    return new HttpResponse.Whole(
        301,
        Map.of(
            "Location", "index.html?message=" + Html.parameter(message),
            "Cache-Control", "no-store",
            "Content-Type", "text/html"),
        new byte[0]);
  }

  private static String done(Object result, String name, String what) {
    return Objects.equals(result, false) ? name + " was not " + what : name + " " + what;
  }

  HttpResponse tail(HttpRequest request) throws InterruptedException {
    String name = request.query().getOrDefault("processname", "");
    String limit = request.query().getOrDefault("limit", "");
    int bytes = limit.matches("\\d{1,7}") ? Integer.parseInt(limit) : TAIL_BYTES_MIN;
    String text;
    try {
      text =
          String.valueOf(
              call("supervisor.readProcessStdoutLog", name, -Math.max(bytes, TAIL_BYTES_MIN), 0));
    } catch (Fault e) {
      text = "ERROR: " + e.text();
    }
    return page(
        "Supervisor Tail of " + name,
        "<h1>"
            + Html.escaped(name)
            + "</h1>\n<p><a href=\"index.html\">Status</a></p>\n<pre>"
            + Html.escaped(text)
            + "</pre>");
  }

  private Object call(String method, Object... parameters) throws Fault, InterruptedException {
    return methods.call(new MethodCall(method, List.of(parameters)));
  }

  private static HttpResponse page(String title, String body) {
    return new HttpResponse.Whole(
        200,
        Map.of(
            "Content-Type", "text/html; charset=utf-8",
            "Cache-Control", "no-store",
            "X-Frame-Options", "DENY",
            "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        Html.page(title, body).getBytes(StandardCharsets.UTF_8));
  }
}
