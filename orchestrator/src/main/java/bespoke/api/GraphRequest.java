package bespoke.api;

import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests about the dependency graph: `svcgraph`.
public sealed interface GraphRequest extends Request {

  /// The dependency graph: [VertexRecord]s, then [EdgeRecord]s.
  ///
  /// @param operands only these and what they depend on; none means all
  record Graph(List<String> operands) implements GraphRequest {
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

  /// What follows from suppositions, all at once: [PlanStepRecord]s, [PlanEffectRecord]s, one
  /// [PlanRecord], and a [BootChangeRecord] if they concern the next boot.
  ///
  /// @param suppositions such as `db fails` or `edge web->db removed`
  record WhatIf(List<String> suppositions) implements GraphRequest {
    public WhatIf {
      suppositions = List.copyOf(suppositions);
    }

    @Override
    public String op() {
      return "what_if";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("suppositions", suppositions);
    }
  }

  /// What happens if something happens to an instance: [ImpactRecord]s.
  ///
  /// @param entity an instance
  /// @param occurrence `disabled`, `failed`, `crashed`, `restarted` or `refreshed`; empty for the
  ///   first
  record Impact(String entity, String occurrence) implements GraphRequest {
    @Override
    public String op() {
      return "impact";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("occurrence", occurrence);
    }
  }

  /// How one instance depends on another: one [PathRecord] for a shortest way, none if there is no
  /// way.
  ///
  /// @param from the dependent
  /// @param to what it depends on
  record FindPath(String from, String to) implements GraphRequest {
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
  record Cycles() implements GraphRequest {
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
  record Check(List<String> operands) implements GraphRequest {
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
  record CriticalPath() implements GraphRequest {
    @Override
    public String op() {
      return "critical_path";
    }

    @Override
    public void writeFields(JsonWriter out) {}
  }

  /// Every start of a boot: [BootStartRecord]s in order.
  ///
  /// @param predicted of the next boot; otherwise of the last one
  /// @param cores that the starts of a predicted boot share; 0 means that they never wait for one
  /// @param takes what starts of a predicted boot take instead of what was learned, each
  ///   `FMRI=MILLISECONDS`
  record Timeline(boolean predicted, int cores, List<String> takes) implements GraphRequest {
    public Timeline {
      takes = List.copyOf(takes);
    }

    /// More cores than any machine has.
    public static final int CORES_MAX = 4096;

    @Override
    public String op() {
      return "timeline";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("predicted", predicted);
      out.field("cores", cores);
      out.texts("takes", takes);
    }
  }

  /// Reads one of these; null if the operation is another.
  static @Nullable GraphRequest read(JsonObject fields) throws JsonException {
    return switch (fields.text("op")) {
      case "graph" -> new Graph(fields.texts("operands"));
      case "impact" -> new Impact(fields.text("entity"), fields.text("occurrence"));
      case "what_if" -> new WhatIf(fields.texts("suppositions"));
      case "path" -> new FindPath(fields.text("from"), fields.text("to"));
      case "cycles" -> new Cycles();
      case "check" -> new Check(fields.texts("operands"));
      case "critical_path" -> new CriticalPath();
      case "timeline" ->
          new Timeline(
              fields.flag("predicted"), fields.smallNumber("cores"), fields.texts("takes"));
      default -> null;
    };
  }
}
