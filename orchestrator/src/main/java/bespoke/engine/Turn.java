package bespoke.engine;

import bespoke.graph.Satisfaction;
import bespoke.model.AuxiliaryState;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Severity;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What both halves of the engine share while one envelope is handled: the clock of the event, the
/// decisions so far, the messages between the halves, and the numbers that must never repeat.
final class Turn {
  private final Satisfaction satisfaction;
  private final Deque<Message> messages = new ArrayDeque<>();
  private Set<InstanceRecord> touched = new LinkedHashSet<>();
  private List<Decision> decisions = new ArrayList<>();
  private long envelopeId;
  private long nowEpochMillis;
  private long nowNanos;
  private long lastNumber;
  private long lastContract;
  private int busy;

  Turn(Satisfaction satisfaction) {
    this.satisfaction = satisfaction;
  }

  /// Goes on with the numbers of another, between two events.
  void continueFrom(Turn other) {
    envelopeId = other.envelopeId;
    nowEpochMillis = other.nowEpochMillis;
    nowNanos = other.nowNanos;
    lastNumber = other.lastNumber;
    lastContract = other.lastContract;
    busy = other.busy;
  }

  void begin(Envelope envelope) {
    decisions = new ArrayList<>();
    envelopeId = envelope.id();
    nowEpochMillis = envelope.atEpochMillis();
    nowNanos = envelope.nanos();
  }

  List<Decision> end() {
    return decisions;
  }

  /// The id of the envelope being handled: the cause of everything that is decided now.
  long cause() {
    return envelopeId;
  }

  long nowEpochMillis() {
    return nowEpochMillis;
  }

  long nowNanos() {
    return nowNanos;
  }

  void decide(Decision decision) {
    decisions.add(decision);
  }

  void send(Message message) {
    messages.add(message);
  }

  @Nullable Message nextMessage() {
    return messages.poll();
  }

  void touch(InstanceRecord instance) {
    instance.touch();
    touched.add(instance);
  }

  Set<InstanceRecord> takeTouched() {
    Set<InstanceRecord> taken = touched;
    touched = new LinkedHashSet<>(); // clearing would cost the largest it ever was
    return taken;
  }

  /// What others need to know of the instance may have changed; satisfaction follows at once.
  void conditionChanged(InstanceRecord instance) {
    if (!instance.forgotten) {
      satisfaction.update(instance.vertex, instance.condition());
    }
  }

  // --- numbers

  long nextNumber() {
    return ++lastNumber;
  }

  long nextContract() {
    return ++lastContract;
  }

  /// Numbers up to these were given out by an earlier daemon.
  void reserve(long number, long contract) {
    lastNumber = Math.max(lastNumber, number);
    lastContract = Math.max(lastContract, contract);
  }

  // --- what an instance does

  /// How many instances are in the middle of something.
  int busy() {
    return busy;
  }

  void enter(InstanceRecord instance, Phase phase) {
    if (instance.phase == phase) {
      return;
    }
    busy += (phase == Phase.IDLE ? 0 : 1) - (instance.phase == Phase.IDLE ? 0 : 1);
    instance.phase = phase;
    instance.phaseNanos = nowNanos;
    touch(instance);
    conditionChanged(instance);
    if (phase == Phase.IDLE) {
      send(new Message.CameToRest(instance));
    }
  }

  /// Commits a state and the next state, and tells the graph engine.
  void commit(
      InstanceRecord instance,
      InstanceState to,
      @Nullable InstanceState next,
      AuxiliaryState auxiliary,
      Severity severity) {
    commit(instance, to, next, auxiliary, severity, Optional.empty());
  }

  void commit(
      InstanceRecord instance,
      InstanceState to,
      @Nullable InstanceState next,
      AuxiliaryState auxiliary,
      Severity severity,
      Optional<InstanceFmri> because) {
    InstanceState from = instance.state;
    if (from != to && !TransitionTable.allows(from, to)) {
      throw new IllegalStateException(
          instance.fmri() + ": there is no transition from " + from + " to " + to);
    }
    instance.state = to;
    instance.next = next;
    instance.auxiliary = auxiliary;
    instance.sinceEpochMillis = nowEpochMillis;
    instance.cause = envelopeId;
    touch(instance);
    conditionChanged(instance);
    decide(
        new Decision.RecordTransition(
            new Transition(
                instance.fmri(),
                from,
                to,
                next,
                auxiliary,
                severity,
                because,
                instance.detail,
                nowEpochMillis,
                envelopeId)));
    send(new Message.StateChanged(instance, from, to, severity, auxiliary));
  }

  void setEnabled(InstanceRecord instance, EnabledSetting setting) {
    if (!instance.enabled.equals(setting)) {
      instance.enabled = setting;
      decide(new Decision.RecordEnabled(instance.fmri(), setting, envelopeId));
      touch(instance);
      conditionChanged(instance);
    }
  }

  void log(InstanceRecord instance, String message) {
    decide(new Decision.WriteLog(instance.fmri(), message));
  }

  void daemonLog(boolean error, String message) {
    decide(new Decision.WriteDaemonLog(error, message));
  }

  // --- timers

  void schedule(InstanceRecord instance, TimerKind kind, Duration delay) {
    cancel(instance, kind);
    long timer = nextNumber();
    instance.timers.put(kind, new InstanceRecord.Timer(timer, nowNanos + delay.toNanos()));
    decide(new Decision.ScheduleTimer(instance.fmri(), timer, kind, delay, envelopeId));
    touch(instance); // the next daemon must know when it is due
  }

  void cancel(InstanceRecord instance, TimerKind kind) {
    InstanceRecord.Timer timer = instance.timers.remove(kind);
    if (timer != null) {
      decide(new Decision.CancelTimer(instance.fmri(), timer.number()));
      touch(instance);
    }
  }

  void cancelAll(InstanceRecord instance) {
    for (TimerKind kind : List.copyOf(instance.timers.keySet())) {
      cancel(instance, kind);
    }
  }

  /// The kind of a timer that fired, or empty if it was cancelled or replaced.
  Optional<TimerKind> fired(InstanceRecord instance, long timer) {
    for (var entry : instance.timers.entrySet()) {
      if (entry.getValue().number() == timer) {
        TimerKind kind = entry.getKey();
        instance.timers.remove(kind);
        touch(instance);
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  // --- contracts

  void kill(InstanceRecord instance, long contract) {
    decide(new Decision.KillContract(instance.fmri(), contract, envelopeId));
  }

  void abandon(InstanceRecord instance, long contract) {
    decide(new Decision.AbandonContract(instance.fmri(), contract, envelopeId));
  }

  static OptionalLong optional(long value) {
    return value == InstanceRecord.NONE ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
