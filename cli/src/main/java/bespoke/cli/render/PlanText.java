package bespoke.cli.render;

import bespoke.api.PlanEffectRecord;
import bespoke.api.PlanRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A plan as text: waves, who stays, who cannot run, a summary.
public final class PlanText {
  private static final int NAMES_MAX = 20;
  private static final int KIND_WIDTH = 9;
  private static final String NOTHING = "no service would start, stop or be refreshed\n";

  private PlanText() {}

  /// The whole plan.
  ///
  /// @param command that applies it, such as `svcadm`
  public static String of(List<PlanEffectRecord> effects, PlanRecord plan, String command) {
    if (effects.stream().noneMatch(PlanText::isChange)) {
      return (plan.configures() ? "something would be configured otherwise, and " : "")
          + NOTHING
          + failure(plan);
    }
    StringBuilder out = new StringBuilder();
    if (plan.untilRefresh()) {
      out.append("nothing would move before the next refresh, which then does this:\n");
    }
    int wave = 0;
    int heading = 0; // counts on where a wave ends nothing, such as the half of a restart
    for (PlanEffectRecord effect : effects) {
      if (isChange(effect)) {
        if (effect.wave() != wave) {
          wave = effect.wave();
          out.append("wave ").append(++heading).append('\n');
        }
        change(effect, out);
      }
    }
    stays(effects, out);
    return out.append(summary(effects, plan, command)).toString();
  }

  private static boolean isChange(PlanEffectRecord effect) {
    return !effect.effect().equals("stay");
  }

  private static void change(PlanEffectRecord effect, StringBuilder out) {
    out.append("  ").append(padded(effect.effect())).append(effect.fmri());
    out.append("  ").append(effect.from());
    if (!effect.from().equals(effect.to())) {
      out.append(" -> ").append(effect.to());
    }
    out.append("  ").append(effect.why()).append('\n');
    String indent = " ".repeat(KIND_WIDTH + 2);
    if (effect.path().size() > 1) {
      out.append(indent).append("through ").append(String.join(", ", effect.path())).append('\n');
    }
    if (!effect.lost().isEmpty()) {
      out.append(indent).append("cannot run then: ").append(effect.lost()).append('\n');
    }
  }

  private static void stays(List<PlanEffectRecord> effects, StringBuilder out) {
    boolean first = true;
    for (PlanEffectRecord effect : effects) {
      if (!isChange(effect)) {
        out.append(first ? "unchanged\n" : "");
        first = false;
        out.append("  ").append(padded("stay")).append(effect.fmri());
        out.append("  ").append(effect.to()).append("  ").append(effect.why()).append('\n');
        if (!effect.lost().isEmpty()) {
          String indent = " ".repeat(KIND_WIDTH + 2);
          out.append(indent).append("could not start again: ").append(effect.lost()).append('\n');
        }
      }
    }
  }

  private static String padded(String kind) {
    return kind + " ".repeat(Math.max(1, KIND_WIDTH - kind.length()));
  }

  private static String summary(List<PlanEffectRecord> effects, PlanRecord plan, String command) {
    StringBuilder out = new StringBuilder(counts(effects));
    if (plan.learned() || plan.durationMillis() > 0) {
      out.append(" within about ").append(duration(plan.durationMillis()));
      out.append(plan.learned() ? "" : ", a guess: such starts and stops were never seen");
    } else {
      out.append("; how long that takes was never seen");
    }
    out.append(plan.complete() ? "." : ". Not everything would come to rest.");
    if (!plan.id().isEmpty() && !plan.untilRefresh() && plan.failure().isEmpty()) {
      out.append(" Do it: ").append(command).append(" --apply ").append(plan.id());
    }
    return out.append('\n').append(failure(plan)).toString();
  }

  private static String failure(PlanRecord plan) {
    return plan.failure().isEmpty() ? "" : "It would be rolled back: " + plan.failure() + ".\n";
  }

  /// How many have which effect: `2 stop, 1 restarts, 3 stay`.
  public static String counts(List<PlanEffectRecord> effects) {
    List<String> parts = new ArrayList<>();
    for (String kind : List.of("start", "restart", "refresh", "stop", "change", "delete", "stay")) {
      long count = effects.stream().filter(it -> it.effect().equals(kind)).count();
      if (count > 0) {
        parts.add(count + " " + verb(kind, count == 1));
      }
    }
    long lost = effects.stream().filter(it -> isChange(it) && !it.lost().isEmpty()).count();
    if (lost > 0) {
      parts.add(lost + " cannot run then");
    }
    return String.join(", ", parts);
  }

  private static String verb(String kind, boolean isOne) {
    return switch (kind) {
      case "refresh" -> isOne ? "refreshes" : "refresh";
      case "delete" -> isOne ? "is deleted" : "are deleted";
      default -> isOne ? kind + "s" : kind;
    };
  }

  /// A duration as people say it.
  public static String duration(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    }
    return millis < 120_000
        ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
        : (millis + 30_000) / 60_000 + " min";
  }

  /// The question before harm.
  public static String question(List<PlanEffectRecord> harmed) {
    StringBuilder out = new StringBuilder("This would also stop what was not named:\n");
    harmed.stream()
        .limit(NAMES_MAX)
        .forEach(effect -> {
          out.append("  ").append(effect.fmri());
          out.append(effect.effect().equals("restart") ? " (it would restart)" : "");
          out.append('\n');
        });
    if (harmed.size() > NAMES_MAX) {
      out.append("  and ").append(harmed.size() - NAMES_MAX).append(" more\n");
    }
    return out.append("Go on? [y/N] ").toString();
  }
}
