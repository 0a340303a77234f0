package bespoke.daemon;

import bespoke.api.ChangeRecord;
import bespoke.api.MemberRecord;
import bespoke.change.Member;
import bespoke.change.Need;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import java.util.List;
import java.util.Optional;

/// Changes as they go over the wire.
final class ChangeRecords {
  private ChangeRecords() {}

  static ChangeRecord of(ChangeEntry entry) {
    return new ChangeRecord(
        entry.number(),
        entry.standing().toString(),
        entry.why(),
        entry.asked().user(),
        entry.asked().source(),
        entry.asked().comment(),
        entry.asked().atEpochMillis(),
        entry.endedEpochMillis(),
        entry.content().members().size(),
        entry.content().waves(),
        entry.deaths());
  }

  static MemberRecord of(ChangeEntry entry, Member member, Optional<InstanceStatus> status) {
    return new MemberRecord(
        member.instance().toString(),
        member.effect().toString(),
        action(entry, member, status),
        member.wave() + 1,
        status.map(it -> it.runtime().state().toString()).orElse(""),
        entry.content().differences().getOrDefault(member.instance(), List.of()));
  }

  private static String action(ChangeEntry entry, Member member, Optional<InstanceStatus> status) {
    return switch (member.effect()) {
      case CREATED -> wanted(entry, member) ? "start" : "nothing";
      case DELETED -> "stop";
      case CHANGED -> {
        if (entry.content().ranBefore().contains(member.instance())) {
          yield member.need().toString();
        }
        boolean isBroken =
            status
                .filter(it -> it.runtime().state() == InstanceState.MAINTENANCE)
                .filter(it -> it.enabled().effective())
                .isPresent();
        yield isBroken && member.need() != Need.NOTHING ? "clear" : "nothing";
      }
    };
  }

  private static boolean wanted(ChangeEntry entry, Member member) {
    return entry.content().after().stream()
        .filter(image -> image.fmri().equals(member.instance()))
        .anyMatch(image -> image.enabled().orElse(false));
  }
}
