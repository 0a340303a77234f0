package bespoke.cli;

import bespoke.api.BootChangeRecord;
import bespoke.api.GraphRequest;
import bespoke.api.Outcome;
import bespoke.api.PlanEffectRecord;
import bespoke.api.PlanRecord;
import bespoke.api.PlanStepRecord;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.Replies;
import bespoke.cli.render.PlanText;
import java.util.ArrayList;
import java.util.List;

/// `svcgraph what-if`.
final class WhatIfCommand implements Replies {
  private final Session session;
  private final boolean json;
  private final List<PlanStepRecord> steps = new ArrayList<>();
  private final List<PlanEffectRecord> effects = new ArrayList<>();
  private final List<PlanRecord> plans = new ArrayList<>();
  private final List<BootChangeRecord> boots = new ArrayList<>();

  WhatIfCommand(Session session, boolean json) {
    this.session = session;
    this.json = json;
  }

  int run(List<String> suppositions) throws DaemonUnreachableException {
    if (suppositions.isEmpty()) {
      throw new UsageException("what-if needs something to suppose, such as 'db fails'");
    }
    Outcome outcome = session.call(new GraphRequest.WhatIf(suppositions), this);
    if (outcome.isOk()) {
      session.print(json ? toJson() : text());
    }
    return session.finish(outcome);
  }

  @Override
  public void line(String kind, JsonObject fields) {
    switch (kind) {
      case "step" -> steps.add(PlanStepRecord.from(fields));
      case "effect" -> effects.add(PlanEffectRecord.from(fields));
      case "plan" -> plans.add(PlanRecord.from(fields));
      case "boot-change" -> boots.add(BootChangeRecord.from(fields));
      default -> {}
    }
  }

  private String text() {
    StringBuilder out = new StringBuilder();
    if (boots.isEmpty() || !effects.isEmpty()) {
      plans.forEach(plan -> out.append(PlanText.of(effects, plan, session.command())));
    }
    for (BootChangeRecord boot : boots) {
      out.append(sentence(boot)).append('\n');
    }
    return out.toString();
  }

  private static String sentence(BootChangeRecord boot) {
    long less = boot.beforeMillis() - boot.afterMillis();
    String before = PlanText.duration(boot.beforeMillis());
    return less == 0
        ? "The next boot would still take " + before + "."
        : "The next boot would take "
            + PlanText.duration(boot.afterMillis())
            + " instead of "
            + before
            + ": "
            + PlanText.duration(Math.abs(less))
            + (less > 0 ? " less." : " more.");
  }

  private String toJson() {
    JsonWriter out = JsonWriter.complete().beginObject();
    out.objects("plans", plans).objects("effects", effects).objects("steps", steps);
    return out.objects("boots", boots).endObject() + "\n";
  }
}
