package bespoke.cli;

import bespoke.api.Outcome;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.Replies;
import bespoke.cli.shell.ShellTerminal;
import java.util.List;
import java.util.Map;

/// Lets the shell of `svccfg` print and ask through the session.
final class ShellOutput implements ShellTerminal {

  private final Session session;

  ShellOutput(Session session) {
    this.session = session;
  }

  @Override
  public void print(CharSequence text) {
    session.print(text);
  }

  @Override
  public void warn(String message) {
    session.error(message);
  }

  @Override
  public Outcome call(Request request, Replies replies) throws DaemonUnreachableException {
    return session.call(request, replies);
  }

  @Override
  public List<JsonObject> collect(Request request, String kind, List<String> messages)
      throws DaemonUnreachableException {
    Session.Answer answer = session.collect(request, kind);
    messages.addAll(answer.outcome().messages());
    for (String operand : answer.outcome().unmatched()) {
      messages.add(Session.noMatch(operand, "instances or services"));
    }
    if (messages.isEmpty() && !answer.outcome().isOk()) {
      messages.add("the daemon refused: " + answer.outcome().error());
    }
    return answer.lines();
  }

  @Override
  public Map<String, String> environment() {
    return session.console().environment();
  }
}
