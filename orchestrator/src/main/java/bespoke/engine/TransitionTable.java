package bespoke.engine;

import static bespoke.model.InstanceState.DEGRADED;
import static bespoke.model.InstanceState.DISABLED;
import static bespoke.model.InstanceState.MAINTENANCE;
import static bespoke.model.InstanceState.OFFLINE;
import static bespoke.model.InstanceState.ONLINE;
import static bespoke.model.InstanceState.UNINITIALIZED;

import bespoke.model.InstanceState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// The state machine of an instance: every arrow that there is (smf(7), "States"; smf.md 5.4). The
/// diagram in `docs/states.md` is made from it.
public enum TransitionTable {
  ENABLED_AT_FIRST(UNINITIALIZED, OFFLINE, "its setting is enabled"),
  DISABLED_AT_FIRST(UNINITIALIZED, DISABLED, "its setting is disabled"),
  INVALID_AT_FIRST(
      UNINITIALIZED, MAINTENANCE, "its definition is not valid, or maintenance was asked for"),
  REPORTED_AT_FIRST(UNINITIALIZED, ONLINE, "its delegated restarter found it running"),
  ENABLED(DISABLED, OFFLINE, "it was enabled"),
  MARKED_WHILE_DISABLED(
      DISABLED, MAINTENANCE, "maintenance was asked for, or its definition is not valid"),
  STARTED(OFFLINE, ONLINE, "its start method succeeded and it is ready"),
  STARTED_DEGRADED(OFFLINE, DEGRADED, "its start method exited with 97"),
  DISABLED_WHILE_OFFLINE(OFFLINE, DISABLED, "it was disabled"),
  START_FAILED(
      OFFLINE,
      MAINTENANCE,
      "its start method failed for good, it fails too quickly, or maintenance was asked for"),
  STOPPED(ONLINE, OFFLINE, "it stopped and is still enabled"),
  STOPPED_AND_DISABLED(ONLINE, DISABLED, "it was disabled and has stopped"),
  BECAME_DEGRADED(
      ONLINE, DEGRADED, "its refresh or monitor method failed, or an administrator marked it"),
  STOP_FAILED(ONLINE, MAINTENANCE, "its stop method failed, or maintenance was asked for"),
  RECOVERED(DEGRADED, ONLINE, "its refresh or monitor method succeeded again"),
  STOPPED_DEGRADED(DEGRADED, OFFLINE, "it stopped and is still enabled"),
  DISABLED_DEGRADED(DEGRADED, DISABLED, "it was disabled and has stopped"),
  STOP_FAILED_DEGRADED(
      DEGRADED, MAINTENANCE, "its stop method failed, or maintenance was asked for"),
  LEFT_MAINTENANCE(MAINTENANCE, UNINITIALIZED, "it was cleared or disabled");

  private static final Map<InstanceState, Set<InstanceState>> TARGETS =
      new EnumMap<>(InstanceState.class);

  static {
    for (TransitionTable arrow : values()) {
      TARGETS.computeIfAbsent(arrow.from, _ -> EnumSet.noneOf(InstanceState.class)).add(arrow.to);
    }
  }

  private final InstanceState from;
  private final InstanceState to;
  private final String meaning;

  TransitionTable(InstanceState from, InstanceState to, String meaning) {
    this.from = from;
    this.to = to;
    this.meaning = meaning;
  }

  /// State before.
  public InstanceState from() {
    return from;
  }

  /// State after.
  public InstanceState to() {
    return to;
  }

  /// When it is taken, the end of a sentence after "because" or "when".
  public String meaning() {
    return meaning;
  }

  /// Whether there is an arrow between two different states.
  public static boolean allows(InstanceState from, InstanceState to) {
    Set<InstanceState> targets = TARGETS.get(from);
    return targets != null && targets.contains(to);
  }
}
