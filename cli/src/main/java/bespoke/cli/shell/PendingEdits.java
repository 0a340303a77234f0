package bespoke.cli.shell;

import bespoke.api.AppliedRecord;
import bespoke.api.ConfigurationRequest.Edit;
import bespoke.api.EditingRequest;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import java.util.ArrayList;
import java.util.List;

/// Edits of a script that wait to be sent together, so that a thousand of them are not a thousand
/// durable writes. Whoever asks for anything else sends them first.
final class PendingEdits {

  /// The most edits of one request: what a script loses time with is far less, and a request stays
  /// small.
  private static final int EDITS_MAX = 2000;

  /// Callers who may change only a little may only send little.
  private static final int BYTES_MAX = 48 << 10;

  private final List<Edit> edits = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private int sizeBytes;

  /// Whether there is no room for one more.
  boolean hasRoomFor(Edit edit) {
    return edits.size() < EDITS_MAX && sizeBytes + edit.toLine().length <= BYTES_MAX;
  }

  boolean isEmpty() {
    return edits.isEmpty();
  }

  /// @param line of the script
  void add(Edit edit, int line) {
    edits.add(edit);
    lines.add(line);
    sizeBytes += edit.toLine().length;
  }

  /// Sends what waits.
  ///
  /// @throws ShellException if one was refused; it names that one's line, and those after it were
  ///   not made
  void send(ShellTerminal terminal) throws ShellException, DaemonUnreachableException {
    List<JsonObject> replies = new ArrayList<>();
    Request request = edits.size() == 1 ? edits.getFirst() : new EditingRequest.Script(edits);
    List<String> messages =
        terminal.complaints(
            terminal.change(
                request,
                (kind, fields) -> {
                  if (kind.equals("applied")) {
                    replies.add(fields);
                  }
                }));
    int applied = replies.isEmpty() ? 0 : (int) AppliedRecord.from(replies.getFirst()).applied();
    int line = lines.get(Math.min(applied, lines.size() - 1));
    edits.clear();
    lines.clear();
    sizeBytes = 0;
    if (!messages.isEmpty()) {
      throw new ShellException(String.join("\n", messages)).at(line);
    }
  }
}
