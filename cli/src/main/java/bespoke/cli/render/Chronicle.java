package bespoke.cli.render;

import bespoke.api.CauseRecord;
import bespoke.api.TransitionRecord;
import bespoke.api.listing.Times;
import java.util.List;

/// What happened, line by line: `svcs why` and `svcs history`.
public final class Chronicle {

  private static final int TIME_WIDTH = "Mon Feb 13 17:56:21 2006".length();

  private Chronicle() {}

  /// The chain of causes; each line is deeper than what it led to.
  public static String causes(List<CauseRecord> causes, Times times) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < causes.size(); i++) {
      CauseRecord cause = causes.get(i);
      if (cause.atEpochMillis() == 0) {
        out.repeat(' ', TIME_WIDTH);
      } else {
        out.append(times.full(cause.atEpochMillis()));
      }
      out.append("  ").repeat(' ', 2 * i).append(i == 0 ? "" : "because: ");
      out.append(cause.fmri()).append(cause.fmri().isEmpty() ? "" : " ").append(cause.text());
      out.append(by(cause.actor())).append('\n');
    }
    return out.toString();
  }

  /// One line a step.
  public static String steps(List<TransitionRecord> steps, Times times) {
    StringBuilder out = new StringBuilder();
    for (TransitionRecord step : steps) {
      out.append(times.full(step.atEpochMillis())).append("  ").append(step.fmri()).append("  ");
      out.append(step.from()).append(" -> ").append(step.to());
      out.append(step.next().isEmpty() ? "" : " (towards " + step.next() + ")");
      out.append("  ").append(step.auxiliary());
      out.append(step.because().isEmpty() ? "" : ", because of " + step.because());
      out.append(step.message().isEmpty() ? "" : ": " + step.message());
      out.append(by(step.actor())).append('\n');
    }
    return out.toString();
  }

  private static String by(String actor) {
    return actor.isEmpty() ? "" : " (by " + actor + ")";
  }
}
