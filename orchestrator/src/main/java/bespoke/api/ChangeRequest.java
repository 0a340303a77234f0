package bespoke.api;

import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/// Requests about a request that changes something: what it would do, and that it is meant.
public sealed interface ChangeRequest extends Request {

  /// Tells what another request would do and changes nothing: its own notes and problems,
  /// [PlanStepRecord]s, [PlanEffectRecord]s, and one [PlanRecord]. The outcome is the one that the
  /// request would have.
  record Plan(Request change) implements ChangeRequest {
    @Override
    public String op() {
      return "plan";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("change", line(change));
    }
  }

  /// The request as it is, also where it stops what was not named and the machine is set up to
  /// refuse that.
  record Confirmed(Request change) implements ChangeRequest {
    @Override
    public String op() {
      return "confirmed";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("change", line(change));
    }
  }

  /// Does what was planned, as [Confirmed] would, if the plan would come out the same now; if not,
  /// the messages of the outcome say what changed since.
  ///
  /// @param plan a [PlanRecord#id]
  record Apply(String plan) implements ChangeRequest {
    @Override
    public String op() {
      return "apply_plan";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("plan", plan);
    }
  }

  private static JsonWritable line(Request request) {
    return out -> {
      out.field("op", request.op());
      request.writeFields(out);
    };
  }

  /// Reads one of these; null if the operation is another.
  ///
  /// @throws RefusedRequest if the request inside is none that can stand there
  static @Nullable ChangeRequest read(JsonObject fields) throws JsonException, RefusedRequest {
    return switch (fields.text("op")) {
      case "plan" -> new Plan(inner(fields));
      case "confirmed" -> new Confirmed(inner(fields));
      case "apply_plan" -> new Apply(fields.text("plan"));
      default -> null;
    };
  }

  private static Request inner(JsonObject fields) throws RefusedRequest {
    Request change = RequestReader.read(fields.object("change"));
    if (change instanceof ChangeRequest) {
      throw new RefusedRequest(
          ErrorKind.BAD_REQUEST, "cannot plan or confirm \"" + change.op() + "\"");
    }
    return change;
  }
}
