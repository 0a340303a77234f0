package bespoke.cli.render;

import bespoke.api.PlanEffectRecord;
import bespoke.api.PlanRecord;
import bespoke.api.PlanStepRecord;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// What a request would do, as the daemon told it.
///
/// @param steps the changes of state
/// @param effects what becomes of each instance that is affected
/// @param plan the whole
public record ForeseenPlan(
    List<PlanStepRecord> steps, List<PlanEffectRecord> effects, PlanRecord plan) {
  public ForeseenPlan {
    steps = List.copyOf(steps);
    effects = List.copyOf(effects);
  }

  /// Whether no instance would change.
  public boolean isEmpty() {
    return effects.stream().allMatch(it -> it.effect().equals("stay"));
  }

  /// Who would go down without being named, where that is asked about.
  public List<PlanEffectRecord> harm() {
    boolean asks = !plan.untilRefresh() && !plan.ask().equals("never");
    return asks ? effects.stream().filter(PlanEffectRecord::isHarm).toList() : List.of();
  }

  /// As a person reads it.
  ///
  /// @param command that applies it, such as `svcadm`
  public String text(String command) {
    return PlanText.of(effects, plan, command);
  }

  /// Writes its three lists into an object.
  public JsonWriter write(JsonWriter out) {
    return out.objects("plans", List.of(plan)).objects("effects", effects).objects("steps", steps);
  }

  /// As one document.
  public String json() {
    return write(JsonWriter.complete().beginObject()).endObject() + "\n";
  }
}
