package bespoke.change;

import bespoke.model.InstanceFmri;
import java.util.Locale;

/// One instance that a change is about.
///
/// @param instance whose configuration changes
/// @param effect what becomes of it
/// @param need what it needs for that while it runs
/// @param isMonitored whether it will have a monitor method, whose first good answer is waited for
/// @param wasMonitored whether it had one before
/// @param wave in which it is brought about, from 0
public record Member(
    InstanceFmri instance,
    Effect effect,
    Need need,
    boolean isMonitored,
    boolean wasMonitored,
    int wave) {

  /// What becomes of an instance.
  public enum Effect {
    CREATED,
    CHANGED,
    DELETED;

    /// The same on the way back.
    public Effect backwards() {
      return switch (this) {
        case CREATED -> DELETED;
        case DELETED -> CREATED;
        case CHANGED -> CHANGED;
      };
    }

    /// The name in listings: lower case.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The same on the way back.
  Member backwards() {
    return new Member(instance, effect.backwards(), need, wasMonitored, isMonitored, wave);
  }
}
