package bespoke.cli.shell;

import bespoke.api.ChangeRecord;
import bespoke.api.ChangeStepRecord;
import bespoke.api.MemberRecord;
import bespoke.api.ProblemRecord;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import bespoke.cli.client.Replies;
import java.util.ArrayList;
import java.util.List;

/// What the daemon answers about changes.
final class ChangeAnswer implements Replies {
  private final ShellTerminal terminal;
  private final boolean isTold;
  private final List<ChangeRecord> changes = new ArrayList<>();
  private final List<MemberRecord> members = new ArrayList<>();

  /// @param isTold whether each step is told as it comes
  ChangeAnswer(ShellTerminal terminal, boolean isTold) {
    this.terminal = terminal;
    this.isTold = isTold;
  }

  @Override
  public void line(String kind, JsonObject fields) {
    switch (kind) {
      case "change" -> {
        changes.add(ChangeRecord.from(fields));
        if (isTold && changes.size() == 1) {
          terminal.progress(ChangeText.began(changes.getFirst()));
        }
      }
      case "member" -> members.add(MemberRecord.from(fields));
      case "change_step" -> {
        if (isTold) {
          terminal.progress("  " + ChangeStepRecord.from(fields).text());
        }
      }
      case "problem" -> problem(fields);
      default -> {}
    }
  }

  private void problem(JsonObject fields) {
    ProblemRecord problem = ProblemRecord.from(fields);
    terminal.warn((problem.severity().equals("warning") ? "warning: " : "") + problem);
  }

  /// Whether the answer told of no change.
  boolean isEmpty() {
    return changes.isEmpty();
  }

  /// All changes, or one with its members.
  String json() {
    return write(JsonWriter.complete().beginObject()).endObject() + "\n";
  }

  /// How the last one ended, with its members.
  String endedJson() {
    JsonWriter out = JsonWriter.complete().beginObject();
    out.objects("changes", changes.subList(changes.size() - 1, changes.size()));
    return out.objects("members", members).endObject() + "\n";
  }

  /// Writes its two lists into an object.
  JsonWriter write(JsonWriter out) {
    return out.objects("changes", changes).objects("members", members);
  }

  /// The list of changes alone.
  String listJson() {
    return JsonWriter.complete().beginObject().objects("changes", changes).endObject() + "\n";
  }

  /// One change with its members.
  String text() {
    return changes.isEmpty()
        ? "Nothing to change.\n"
        : ChangeText.of(changes.getFirst(), members, terminal);
  }

  /// How it ended.
  String endedText() {
    return changes.isEmpty() ? "Nothing to change.\n" : ChangeText.ended(changes.getLast());
  }

  /// The list of changes.
  String listText() {
    return changes.isEmpty()
        ? "No change of many services was made yet; svccfg change import makes one.\n"
        : ChangeText.list(changes, terminal);
  }
}
