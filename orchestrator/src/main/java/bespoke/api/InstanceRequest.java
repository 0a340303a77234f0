package bespoke.api;

import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests that list instances, act on them, and ask why they are as they are.
public sealed interface InstanceRequest extends Request {

  /// Lists instances, one [InstanceRecord] each, in the order of the operands and then of the
  /// FMRIs.
  ///
  /// @param operands see [OperandMatcher]; none means all; those that match nothing come back in
  ///   [Outcome#unmatched]
  /// @param enabledOnly leave out what is disabled and not overridden; only without operands
  /// @param detailed fill [InstanceRecord#detail]
  /// @param processes fill [InstanceDetail#processes] too
  /// @param brief leave out all but FMRI, states and time, for the plain listing of many
  /// @param table instead of records, the table of them as [TableRecord]; or null. A daemon that
  ///   does not know that yet sends the records
  record ListInstances(
      List<String> operands,
      boolean enabledOnly,
      boolean detailed,
      boolean processes,
      boolean brief,
      @Nullable TableView table)
      implements InstanceRequest {
    public ListInstances {
      operands = List.copyOf(operands);
    }

    /// A listing that is not brief.
    public ListInstances(
        List<String> operands, boolean enabledOnly, boolean detailed, boolean processes) {
      this(operands, enabledOnly, detailed, processes, false);
    }

    /// A listing of records.
    public ListInstances(
        List<String> operands,
        boolean enabledOnly,
        boolean detailed,
        boolean processes,
        boolean brief) {
      this(operands, enabledOnly, detailed, processes, brief, null);
    }

    @Override
    public String op() {
      return "list";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
      out.field("enabled_only", enabledOnly);
      out.field("detailed", detailed);
      out.field("processes", processes);
      out.field("brief", brief);
      if (table != null) {
        out.field("table", table);
      }
    }
  }

  /// What `svcs -x` prints, one [Explanation] a block.
  ///
  /// @param operands none means every root cause, the one with the greatest impact first
  /// @param verbose fill [Explanation#impacted]
  record Explain(List<String> operands, boolean verbose) implements InstanceRequest {
    public Explain {
      operands = List.copyOf(operands);
    }

    @Override
    public String op() {
      return "explain";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
      out.field("verbose", verbose);
    }
  }

  /// Changes what instances do: one [ActedRecord] for each, [NoteRecord]s; with `synchronous` then
  /// [ProgressRecord]s until all have arrived.
  ///
  /// @param action `enable`, `disable`, `restart`, `refresh`, `clear`, `mark_maintenance` or
  ///   `mark_degraded`
  /// @param operands see [OperandMatcher]
  /// @param inState instead of operands: all instances in this state; or empty
  /// @param temporary until reboot
  /// @param recursive `enable`: what it depends on, too
  /// @param immediate `mark`: without running the stop method
  /// @param dump `restart`: SIGABRT first
  /// @param synchronous answer when all have arrived; the outcome then has status 0, 3 or 4
  /// @param onTerminal whether the caller sits at a terminal
  /// @param comment `disable`: why, or empty
  record Act(
      String action,
      List<String> operands,
      String inState,
      boolean temporary,
      boolean recursive,
      boolean immediate,
      boolean dump,
      boolean synchronous,
      boolean onTerminal,
      String comment)
      implements InstanceRequest {
    public Act {
      operands = List.copyOf(operands);
    }

    /// The same, answered when it was told.
    public Act asynchronous() {
      return new Act(
          action,
          operands,
          inState,
          temporary,
          recursive,
          immediate,
          dump,
          false,
          onTerminal,
          comment);
    }

    @Override
    public String op() {
      return "act";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("action", action);
      out.texts("operands", operands);
      out.field("in_state", inState);
      out.field("temporary", temporary);
      out.field("recursive", recursive);
      out.field("immediate", immediate);
      out.field("dump", dump);
      out.field("synchronous", synchronous);
      out.field("on_terminal", onTerminal);
      out.field("comment", comment);
    }
  }

  /// Makes an instance and what it needs the only things that may run.
  ///
  /// @param milestone an instance, `all` or `none`
  /// @param permanent also at the next start of the daemon
  record Milestone(String milestone, boolean permanent) implements InstanceRequest {
    @Override
    public String op() {
      return "milestone";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("milestone", milestone);
      out.field("permanent", permanent);
    }
  }

  /// Lists instances as `list` does, then sends a [NoteRecord] with the text `now`, then a
  /// [TransitionRecord] for each step until the client goes away.
  ///
  /// @param operands none means all
  record Watch(List<String> operands) implements InstanceRequest {
    public Watch {
      operands = List.copyOf(operands);
    }

    @Override
    public String op() {
      return "watch";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
    }
  }

  /// Why an instance is in its state: [CauseRecord]s.
  ///
  /// @param entity an instance
  record Why(String entity) implements InstanceRequest {
    @Override
    public String op() {
      return "why";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
    }
  }

  /// What happened to instances: [TransitionRecord]s, oldest first.
  ///
  /// @param operands none means all
  /// @param sinceEpochMillis only later ones; 0 means all that is kept
  /// @param countMax only so many of the last; 0 means all
  record History(List<String> operands, long sinceEpochMillis, int countMax)
      implements InstanceRequest {
    public History {
      operands = List.copyOf(operands);
    }

    @Override
    public String op() {
      return "history";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
      out.field("since", sinceEpochMillis);
      out.field("count_max", countMax);
    }
  }

  /// How instances were at a moment, from the journal: [InstanceRecord]s by FMRI, with state, next
  /// state and time alone.
  ///
  /// @param operands none means all
  /// @param atEpochMillis the moment
  record StatesAt(List<String> operands, long atEpochMillis) implements InstanceRequest {
    public StatesAt {
      operands = List.copyOf(operands);
    }

    @Override
    public String op() {
      return "states_at";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
      out.field("at", atEpochMillis);
    }
  }

  /// Process contracts: [ContractRecord]s by id.
  ///
  /// @param ids none means all
  record Contracts(List<Long> ids) implements InstanceRequest {
    public Contracts {
      ids = List.copyOf(ids);
    }

    @Override
    public String op() {
      return "contracts";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.numbers("ids", ids);
    }
  }

  /// What happens in process contracts from now on: a [NoteRecord] with the text `now`, then
  /// [ContractEventRecord]s until the client goes away.
  ///
  /// @param ids of contracts
  /// @param operands whose contracts, also those that they get later; neither means all
  record WatchContracts(List<Long> ids, List<String> operands) implements InstanceRequest {
    public WatchContracts {
      ids = List.copyOf(ids);
      operands = List.copyOf(operands);
    }

    @Override
    public String op() {
      return "watch_contracts";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.numbers("ids", ids);
      out.texts("operands", operands);
    }
  }

  /// Reads one of these; null if the operation is another.
  static @Nullable InstanceRequest read(JsonObject fields) throws JsonException {
    return switch (fields.text("op")) {
      case "list" ->
          new ListInstances(
              fields.texts("operands"),
              fields.flag("enabled_only"),
              fields.flag("detailed"),
              fields.flag("processes"),
              fields.flag("brief"),
              fields.has("table") ? TableView.from(fields.object("table")) : null);
      case "explain" -> new Explain(fields.texts("operands"), fields.flag("verbose"));
      case "act" ->
          new Act(
              fields.text("action"),
              fields.texts("operands"),
              fields.text("in_state"),
              fields.flag("temporary"),
              fields.flag("recursive"),
              fields.flag("immediate"),
              fields.flag("dump"),
              fields.flag("synchronous"),
              fields.flag("on_terminal"),
              fields.text("comment"));
      case "milestone" -> new Milestone(fields.text("milestone"), fields.flag("permanent"));
      case "watch" -> new Watch(fields.texts("operands"));
      case "why" -> new Why(fields.text("entity"));
      case "history" ->
          new History(
              fields.texts("operands"), fields.number("since"), fields.smallNumber("count_max"));
      case "states_at" -> new StatesAt(fields.texts("operands"), fields.number("at"));
      case "watch_contracts" -> new WatchContracts(fields.numbers("ids"), fields.texts("operands"));
      case "contracts" -> new Contracts(fields.numbers("ids"));
      default -> null;
    };
  }
}
