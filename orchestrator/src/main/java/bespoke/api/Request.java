package bespoke.api;

import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// What a client may ask for. Each says which replies answer it; the last is always an [Outcome].
public sealed interface Request extends JsonWritable {

  /// The word that stands after `op` on the wire.
  String op();

  /// The line with its newline.
  default byte[] toLine() {
    JsonWriter out = JsonWriter.forWire().beginObject();
    out.field("version", Wire.VERSION).field("op", op());
    writeFields(out);
    return out.endObject().line();
  }

  /// Asks who is there: one [PongRecord].
  record Ping() implements Request {
    @Override
    public String op() {
      return "ping";
    }

    @Override
    public void writeFields(JsonWriter out) {}
  }

  /// Lists instances, one [InstanceRecord] each, in the order of the operands and then of the
  /// FMRIs.
  ///
  /// @param operands see [OperandMatcher]; none means all; those that match nothing come back in
  ///   [Outcome#unmatched]
  /// @param enabledOnly leave out what is disabled and not overridden; only without operands
  /// @param detailed fill [InstanceRecord#detail]
  /// @param processes fill [InstanceDetail#processes] too
  /// @param brief leave out all but FMRI, states and time, for the plain listing of many
  record ListInstances(
      List<String> operands,
      boolean enabledOnly,
      boolean detailed,
      boolean processes,
      boolean brief)
      implements Request {
    public ListInstances {
      operands = List.copyOf(operands);
    }

    /// A listing that is not brief.
    public ListInstances(
        List<String> operands, boolean enabledOnly, boolean detailed, boolean processes) {
      this(operands, enabledOnly, detailed, processes, false);
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
    }
  }

  /// What `svcs -x` prints, one [Explanation] a block.
  ///
  /// @param operands none means every root cause, the one with the greatest impact first
  /// @param verbose fill [Explanation#impacted]
  record Explain(List<String> operands, boolean verbose) implements Request {
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
  /// [ProgressRecord]s until all have arrived; with `plan` only [PlanStepRecord]s.
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
  /// @param plan tell what would happen and change nothing
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
      String comment,
      boolean plan)
      implements Request {
    public Act {
      operands = List.copyOf(operands);
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
      out.field("plan", plan);
    }
  }

  /// Makes an instance and what it needs the only things that may run.
  ///
  /// @param milestone an instance, `all` or `none`
  /// @param permanent also at the next start of the daemon
  /// @param plan tell what would happen and change nothing
  record Milestone(String milestone, boolean permanent, boolean plan) implements Request {
    @Override
    public String op() {
      return "milestone";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("milestone", milestone);
      out.field("permanent", permanent);
      out.field("plan", plan);
    }
  }

  /// Stops everything in reverse order; the daemon then ends.
  record Shutdown() implements Request {
    @Override
    public String op() {
      return "shutdown";
    }

    @Override
    public void writeFields(JsonWriter out) {}
  }

  /// Lists instances as `list` does, then sends a [NoteRecord] with the text `now`, then a
  /// [TransitionRecord] for each step until the client goes away.
  ///
  /// @param operands none means all
  record Watch(List<String> operands) implements Request {
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

  /// Imports service descriptions: [ImportedRecord]s and [ProblemRecord]s.
  ///
  /// @param files none means: look at the daemon's own manifest directories again
  /// @param validateOnly only report the problems
  /// @param refresh refresh what changed
  /// @param plan tell what would happen and change nothing
  record Import(List<SourceText> files, boolean validateOnly, boolean refresh, boolean plan)
      implements Request {
    public Import {
      files = List.copyOf(files);
    }

    @Override
    public String op() {
      return "import";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.objects("files", files);
      out.field("validate_only", validateOnly);
      out.field("refresh", refresh);
      out.field("plan", plan);
    }
  }

  /// Applies profiles: [ImportedRecord]s and [ProblemRecord]s.
  ///
  /// @param files at least one
  /// @param validateOnly only report the problems
  /// @param plan tell what would happen and change nothing
  record Apply(List<SourceText> files, boolean validateOnly, boolean plan) implements Request {
    public Apply {
      files = List.copyOf(files);
    }

    @Override
    public String op() {
      return "apply";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.objects("files", files);
      out.field("validate_only", validateOnly);
      out.field("plan", plan);
    }
  }

  /// Deletes a service or an instance.
  ///
  /// @param entity an FMRI or an abbreviation
  /// @param force stop it first if it runs
  /// @param plan tell what would happen and change nothing
  record Delete(String entity, boolean force, boolean plan) implements Request {
    @Override
    public String op() {
      return "delete";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("force", force);
      out.field("plan", plan);
    }
  }

  /// Creates an empty service or instance.
  ///
  /// @param entity the FMRI
  record Add(String entity) implements Request {
    @Override
    public String op() {
      return "add";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
    }
  }

  /// Names for `svccfg list`: [NameRecord]s of services, or of a service's instances.
  ///
  /// @param entity a service, or empty for all services
  /// @param pattern a glob, or empty for all
  record ListNames(String entity, String pattern) implements Request {
    @Override
    public String op() {
      return "names";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("pattern", pattern);
    }
  }

  /// A service as a description in YAML: [TextRecord]s.
  ///
  /// @param entity a service; empty means all
  /// @param allValues with the values of protected property groups
  record Export(String entity, boolean allValues) implements Request {
    @Override
    public String op() {
      return "export";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("all_values", allValues);
    }
  }

  /// The permanent settings of all instances as a profile: [TextRecord]s.
  record Extract() implements Request {
    @Override
    public String op() {
      return "extract";
    }

    @Override
    public void writeFields(JsonWriter out) {}
  }

  /// Property groups of services and instances: one [ConfiguredEntity] each.
  ///
  /// @param operands services or instances; an exact service means the service itself
  /// @param view `running` (snapshot, composed), `composed` (live), `own` (live, not composed) or
  ///   `snapshot`
  /// @param snapshot its name, with the view `snapshot`
  record Properties(List<String> operands, String view, String snapshot) implements Request {
    public Properties {
      operands = List.copyOf(operands);
    }

    @Override
    public String op() {
      return "properties";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
      out.field("view", view);
      out.field("snapshot", snapshot);
    }
  }

  /// Changes configuration; nothing reaches a running instance before `refresh`.
  ///
  /// @param entity an FMRI or an abbreviation of a service or an instance
  /// @param changes in order, all or none
  /// @param plan tell what would happen and change nothing
  record Edit(String entity, List<Change> changes, boolean plan) implements Request {
    public Edit {
      changes = List.copyOf(changes);
    }

    @Override
    public String op() {
      return "edit";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.objects("changes", changes);
      out.field("plan", plan);
    }
  }

  /// The names of an instance's snapshots: [NameRecord]s.
  ///
  /// @param entity an instance
  record ListSnapshots(String entity) implements Request {
    @Override
    public String op() {
      return "snapshots";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
    }
  }

  /// Puts the configuration of a snapshot back.
  ///
  /// @param entity an instance
  /// @param snapshot its name
  record Revert(String entity, String snapshot) implements Request {
    @Override
    public String op() {
      return "revert";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("snapshot", snapshot);
    }
  }

  /// What administrators changed: one [ConfiguredEntity] each, only with the properties of their
  /// layer.
  ///
  /// @param operands none means all
  record Customizations(List<String> operands) implements Request {
    public Customizations {
      operands = List.copyOf(operands);
    }

    @Override
    public String op() {
      return "listcust";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
    }
  }

  /// Removes what administrators changed.
  ///
  /// @param entity a service or an instance
  /// @param pattern a glob over property groups and properties, or empty for all
  record DeleteCustomizations(String entity, String pattern) implements Request {
    @Override
    public String op() {
      return "delcust";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("pattern", pattern);
    }
  }

  /// The dependency graph: [VertexRecord]s, then [EdgeRecord]s.
  ///
  /// @param operands only these and what they depend on; none means all
  record Graph(List<String> operands) implements Request {
    public Graph {
      operands = List.copyOf(operands);
    }

    @Override
    public String op() {
      return "graph";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
    }
  }

  /// What happens if an instance goes down: [ImpactRecord]s.
  ///
  /// @param entity an instance
  record Impact(String entity) implements Request {
    @Override
    public String op() {
      return "impact";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
    }
  }

  /// How one instance depends on another: one [PathRecord] for a shortest way, none if there is no
  /// way.
  ///
  /// @param from the dependent
  /// @param to what it depends on
  record FindPath(String from, String to) implements Request {
    @Override
    public String op() {
      return "path";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("from", from);
      out.field("to", to);
    }
  }

  /// Every dependency cycle, one [PathRecord] each.
  record Cycles() implements Request {
    @Override
    public String op() {
      return "cycles";
    }

    @Override
    public void writeFields(JsonWriter out) {}
  }

  /// Looks for faults in the graph: [FindingRecord]s.
  ///
  /// @param operands none means all
  record Check(List<String> operands) implements Request {
    public Check {
      operands = List.copyOf(operands);
    }

    @Override
    public String op() {
      return "check";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
    }
  }

  /// The critical path of the last boot: [CriticalStepRecord]s in order.
  record CriticalPath() implements Request {
    @Override
    public String op() {
      return "critical_path";
    }

    @Override
    public void writeFields(JsonWriter out) {}
  }

  /// Why an instance is in its state: [CauseRecord]s.
  ///
  /// @param entity an instance
  record Why(String entity) implements Request {
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
  record History(List<String> operands, long sinceEpochMillis, int countMax) implements Request {
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

  /// Process contracts: [ContractRecord]s by id.
  ///
  /// @param ids none means all
  record Contracts(List<Long> ids) implements Request {
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
}
