package bespoke.os;

import bespoke.os.Spawned.Step;
import java.util.Set;

/// The calls that give a child its user, groups and capabilities: what setpriv(1) does, so that a
/// process finds the same whichever way it was made. In particular it still has our capabilities
/// when it executes its program, under its own user already.
final class CredentialCalls {
  private static final int KEEP_CAPABILITIES = 8;
  private static final int DROP_FROM_BOUNDING = 24;
  private static final int AMBIENT = 47;
  private static final int AMBIENT_RAISE = 2;
  private static final int AMBIENT_CLEAR = 4;

  /// `_LINUX_CAPABILITY_VERSION_3`; the pid above it is 0, the caller.
  private static final long CAPABILITY_VERSION = 0x20080522;

  private static final int CAPABILITY_WORDS = 4;
  private static final int LOW = 32;
  private static final long LOW_MASK = 0xffff_ffffL;

  /// Of x86-64 (asm/unistd_64.h).
  private static final class Call {
    static final int SET_GROUPS = 116;
    static final int SET_USER = 117;
    static final int SET_GROUP = 119;
    static final int SET_CAPABILITIES = 126;
    static final int PROCESS_CONTROL = 157;
  }

  private final CallList list;
  private final Steps steps;
  private final InheritedState inherited;

  /// Notes which step a call belongs to.
  @FunctionalInterface
  interface Steps {
    int add(Step step, int record);
  }

  CredentialCalls(CallList list, Steps steps, InheritedState inherited) {
    this.list = list;
    this.steps = steps;
    this.inherited = inherited;
  }

  static int callsMax(SpawnContext context) {
    return context.equals(SpawnContext.NONE) ? 0 : 6 + 2 * Long.SIZE;
  }

  static int wordsMax(SpawnContext context) {
    return CAPABILITY_WORDS
        + 1
        + context.identity().map(identity -> identity.groups().size()).orElse(0);
  }

  void add(SpawnContext context) {
    if (context.identity().isEmpty() && context.capabilities().isEmpty()) {
      return;
    }
    context.identity().ifPresent(this::addGroups);
    context.capabilities().ifPresent(this::limit);
    context
        .identity()
        .ifPresent(identity -> {
          steps.add(Step.IDENTITY, list.add(Call.PROCESS_CONTROL, KEEP_CAPABILITIES, 1));
          long uid = identity.uid();
          steps.add(Step.IDENTITY, list.add(Call.SET_USER, uid, uid, uid));
        });
    addSets(context.capabilities().map(CredentialCalls::bits).orElse(inherited.inheritable()));
    context.capabilities().ifPresent(this::raise);
  }

  /// `gid_t` has 32 bits.
  private void addGroups(SpawnContext.Identity identity) {
    int count = identity.groups().size();
    long[] groups = new long[(count + 1) / 2];
    for (int i = 0; i < count; i++) {
      groups[i / 2] |= (identity.groups().get(i) & LOW_MASK) << (i % 2 * LOW);
    }
    long gid = identity.gid();
    steps.add(Step.IDENTITY, list.add(Call.SET_GROUP, gid, gid, gid));
    steps.add(Step.IDENTITY, list.add(Call.SET_GROUPS, count, list.words(groups)));
  }

  private void limit(Set<Integer> capabilities) {
    long dropped = inherited.bounding() & ~bits(capabilities);
    for (long left = dropped; left != 0; left &= left - 1) {
      steps.add(
          Step.CAPABILITIES,
          list.add(Call.PROCESS_CONTROL, DROP_FROM_BOUNDING, Long.numberOfTrailingZeros(left)));
    }
  }

  private void addSets(long inheritable) {
    long effective = inherited.effective();
    long permitted = inherited.permitted();
    long sets =
        list.words(
            CAPABILITY_VERSION,
            effective & LOW_MASK | permitted << LOW,
            inheritable & LOW_MASK | effective >>> LOW << LOW,
            permitted >>> LOW | inheritable >>> LOW << LOW);
    steps.add(Step.CAPABILITIES, list.add(Call.SET_CAPABILITIES, sets, sets + Long.BYTES));
  }

  private void raise(Set<Integer> capabilities) {
    steps.add(Step.CAPABILITIES, list.add(Call.PROCESS_CONTROL, AMBIENT, AMBIENT_CLEAR));
    for (int capability : capabilities) {
      steps.add(
          Step.CAPABILITIES, list.add(Call.PROCESS_CONTROL, AMBIENT, AMBIENT_RAISE, capability));
    }
  }

  private static long bits(Set<Integer> capabilities) {
    return capabilities.stream().mapToLong(number -> 1L << number).reduce(0, (a, b) -> a | b);
  }
}
