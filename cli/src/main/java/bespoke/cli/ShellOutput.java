package bespoke.cli;

import bespoke.api.Outcome;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.Replies;
import bespoke.cli.shell.ShellTerminal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Lets the shell of `svccfg` print and ask through the session.
final class ShellOutput implements ShellTerminal {

  private static final int ANSWER_MAX = 80;

  private final Session session;
  private final Changing changing;
  private final Changing planning;
  private final boolean json;

  /// @param isConfirmed whether what is not named may stop
  ShellOutput(Session session, boolean isConfirmed, boolean json) {
    this.session = session;
    this.changing = new Changing(session, false, isConfirmed, json);
    this.json = json;
    this.planning = new Changing(session, true, isConfirmed, json);
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
  public Outcome change(Request request, Replies replies) throws DaemonUnreachableException {
    return changing.call(request, replies);
  }

  @Override
  public int plan(Request request, Replies others, Runnable before)
      throws DaemonUnreachableException {
    return session.finish(planning.plan(request, others, before), "instances or services");
  }

  @Override
  public Foreseen foresee(Request request, Replies others) throws DaemonUnreachableException {
    return Changing.foresee(session, request, others);
  }

  @Override
  public List<JsonObject> collect(Request request, String kind, List<String> messages)
      throws DaemonUnreachableException {
    Session.Answer answer = session.collect(request, kind);
    messages.addAll(complaints(answer.outcome()));
    return answer.lines();
  }

  @Override
  public List<String> complaints(Outcome outcome) {
    List<String> messages = new ArrayList<>(outcome.messages());
    for (String operand : outcome.unmatched()) {
      messages.add(Session.noMatch(operand, "instances or services"));
    }
    if (messages.isEmpty() && !outcome.isOk()) {
      messages.add("the daemon refused: " + outcome.error());
    }
    return messages;
  }

  @Override
  public boolean wantsJson() {
    return json;
  }

  @Override
  public boolean isInteractive() {
    return session.console().inputIsTerminal();
  }

  @Override
  public boolean confirms(String question) {
    session.print(question + " [y/N] ");
    session.console().out().flush();
    StringBuilder line = new StringBuilder();
    try {
      InputStream in = session.console().in();
      for (int c = in.read(); c >= 0 && c != '\n' && line.length() < ANSWER_MAX; c = in.read()) {
        line.append((char) c);
      }
    } catch (IOException e) {
      return false;
    }
    String answer = line.toString().strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  @Override
  public void progress(String line) {
    session.print(line + "\n");
    session.console().out().flush();
  }

  @Override
  public String time(long epochMillis) {
    return session.console().times().full(epochMillis);
  }

  @Override
  public Map<String, String> environment() {
    return session.console().environment();
  }
}
