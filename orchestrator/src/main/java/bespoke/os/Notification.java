package bespoke.os;

import java.util.Map;
import java.util.Optional;

/// A datagram of sd_notify(3).
///
/// @param pid of the sender, as the kernel vouches for it; it may be gone
/// @param uid its user
/// @param assignments such as `READY` to `1`, `STATUS` to a text; of equal names the last
public record Notification(long pid, long uid, Map<String, String> assignments) {

  public Notification {
    assignments = Map.copyOf(assignments);
  }

  /// The value of one assignment.
  public Optional<String> value(String name) {
    return Optional.ofNullable(assignments.get(name));
  }

  /// Whether an assignment is `1`.
  public boolean says(String name) {
    return "1".equals(assignments.get(name));
  }
}
