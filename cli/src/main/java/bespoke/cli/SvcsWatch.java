package bespoke.cli;

import bespoke.api.EnabledRecord;
import bespoke.api.InstanceDetail;
import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.NoteRecord;
import bespoke.api.Outcome;
import bespoke.api.TransitionRecord;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.Replies;
import bespoke.cli.render.Column;
import bespoke.cli.render.SortKey;
import bespoke.cli.render.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `svcs -w`: the listing, kept up to date.
///
/// On a terminal the table is drawn anew at each change; elsewhere each change is a line of its
/// own.
final class SvcsWatch implements Replies {

  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

  private final Session session;
  private final Map<String, InstanceRecord> instances = new LinkedHashMap<>();
  private boolean listed;

  SvcsWatch(Session session) {
    this.session = session;
  }

  int run(List<String> operands) throws DaemonUnreachableException {
    Outcome outcome = session.connection().call(new InstanceRequest.Watch(operands), this);
    if (!listed) {
      show();
    }
    return session.finish(outcome);
  }

  @Override
  public void line(String kind, JsonObject fields) {
    switch (kind) {
      case "instance" -> {
        InstanceRecord instance = InstanceRecord.from(fields);
        instances.put(instance.fmri(), instance);
      }
      case "note" -> note(NoteRecord.from(fields));
      case "transition" -> transition(TransitionRecord.from(fields));
      default -> {}
    }
  }

  private void note(NoteRecord note) {
    if (note.text().equals("now")) {
      listed = true;
      show();
    } else {
      session.error(note.text());
    }
  }

  private void transition(TransitionRecord step) {
    InstanceRecord old = instances.get(step.fmri());
    InstanceRecord now = after(step, old);
    instances.put(step.fmri(), now);
    if (session.console().outputIsTerminal()) {
      show();
    } else {
      StringBuilder out = new StringBuilder();
      table().row(out, now);
      session.print(out);
      session.console().out().flush();
    }
  }

  private static InstanceRecord after(TransitionRecord step, @Nullable InstanceRecord old) {
    long since =
        old != null && step.from().equals(step.to())
            ? old.sinceEpochMillis()
            : step.atEpochMillis();
    return new InstanceRecord(
        step.fmri(),
        step.to(),
        step.next(),
        since,
        old == null ? new EnabledRecord(true, "", "") : old.enabled(),
        old == null ? List.of() : old.contracts(),
        old == null ? "" : old.commonName(),
        InstanceDetail.NONE);
  }

  private void show() {
    List<InstanceRecord> sorted = new ArrayList<>(instances.values());
    SortKey.sort(sorted, SortKey.USUAL, session.console().times());
    StringBuilder out = new StringBuilder();
    if (session.console().outputIsTerminal()) {
      out.append(HOME_AND_CLEAR);
    }
    Table table = table();
    table.header(out);
    for (InstanceRecord instance : sorted) {
      table.row(out, instance);
    }
    session.print(out);
    session.console().out().flush();
  }

  private Table table() {
    return new Table(Column.USUAL, session.console().times(), session.console().style());
  }
}
