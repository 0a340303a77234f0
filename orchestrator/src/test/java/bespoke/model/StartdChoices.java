package bespoke.model;

import java.time.Duration;

/// Options of the restarter that differ from the usual in what a test is about.
public final class StartdChoices {
  private StartdOptions.Style style = StartdOptions.DEFAULT.duration();
  private boolean ignoresCore;
  private boolean ignoresSignal;
  private int failures = StartdOptions.DEFAULT.criticalFailureCount();
  private Duration period = StartdOptions.DEFAULT.criticalFailurePeriod();
  private boolean triesTimeoutsAgain = true;
  private StartdOptions.Restart restart = StartdOptions.DEFAULT.restart();
  private Duration restartDelay = Duration.ZERO;
  private ExitStatuses.Meaning statuses = ExitStatuses.Meaning.USUAL;
  private boolean givesUp;

  private StartdChoices() {}

  public static StartdChoices of(StartdOptions.Style style) {
    StartdChoices choices = new StartdChoices();
    choices.style = style;
    return choices;
  }

  public StartdChoices ignoring(boolean core, boolean signal) {
    ignoresCore = core;
    ignoresSignal = signal;
    return this;
  }

  public StartdChoices failing(int moreThan, Duration within) {
    failures = moreThan;
    period = within;
    return this;
  }

  public StartdChoices withoutTimeoutRetry() {
    triesTimeoutsAgain = false;
    return this;
  }

  public StartdChoices restarting(StartdOptions.Restart when, Duration after) {
    restart = when;
    restartDelay = after;
    return this;
  }

  public StartdChoices meaning(ExitStatuses.Meaning what) {
    statuses = what;
    return this;
  }

  public StartdChoices givingUp(boolean whether) {
    givesUp = whether;
    return this;
  }

  public StartdOptions options() {
    return new StartdOptions(
        style,
        ignoresCore,
        ignoresSignal,
        failures,
        period,
        triesTimeoutsAgain,
        StartdOptions.DEFAULT.needSession(),
        StartdOptions.DEFAULT.retryDelay(),
        restart,
        restartDelay,
        statuses,
        givesUp);
  }
}
