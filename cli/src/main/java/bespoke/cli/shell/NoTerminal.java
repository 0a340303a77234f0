package bespoke.cli.shell;

import bespoke.api.Outcome;
import bespoke.api.PlanRecord;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.Replies;
import bespoke.cli.render.ForeseenPlan;
import java.util.List;
import java.util.Map;

/// Stands where only the names of the subcommands are wanted.
final class NoTerminal implements ShellTerminal {

  @Override
  public void print(CharSequence text) {}

  @Override
  public void warn(String message) {}

  @Override
  public Outcome call(Request request, Replies replies) {
    return Outcome.OK;
  }

  @Override
  public Outcome change(Request request, Replies replies) {
    return Outcome.OK;
  }

  @Override
  public int plan(Request request, Replies others, Runnable before) {
    return 0;
  }

  @Override
  public Foreseen foresee(Request request, Replies others) {
    PlanRecord nothing = new PlanRecord("", 0, false, true, false, "", false, "");
    return new Foreseen(Outcome.OK, new ForeseenPlan(List.of(), List.of(), nothing));
  }

  @Override
  public List<String> complaints(Outcome outcome) {
    return List.of();
  }

  @Override
  public List<JsonObject> collect(Request request, String kind, List<String> messages) {
    return List.of();
  }

  @Override
  public boolean wantsJson() {
    return false;
  }

  @Override
  public boolean isInteractive() {
    return false;
  }

  @Override
  public boolean confirms(String question) {
    return false;
  }

  @Override
  public void progress(String line) {}

  @Override
  public String time(long epochMillis) {
    return "";
  }

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }
}
