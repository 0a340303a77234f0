package bespoke.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Users and groups as the C library knows them, with every name service that is configured
/// (nsswitch.conf(5)). May take as long as those take.
public final class Accounts {
  private static final long RECORD_BYTES = 64;
  private static final int BUFFER_BYTES_MIN = 1 << 12;
  private static final int BUFFER_BYTES_MAX = 1 << 22;
  private static final int GROUPS_MAX = 65_536;

  // struct passwd and struct group of glibc on 64-bit machines
  private static final long NAME_AT = 0;
  private static final long UID_AT = 16;
  private static final long USER_GID_AT = 20;
  private static final long HOME_AT = 32;
  private static final long SHELL_AT = 40;
  private static final long GROUP_GID_AT = 16;

  private static final NativeFunction USER_BY_NAME = NativeFunction.named("getpwnam_r");
  private static final NativeFunction USER_BY_NUMBER = NativeFunction.named("getpwuid_r");
  private static final NativeFunction GROUP_BY_NAME = NativeFunction.named("getgrnam_r");
  private static final NativeFunction GROUP_BY_NUMBER = NativeFunction.named("getgrgid_r");
  private static final NativeFunction GROUP_LIST = NativeFunction.named("getgrouplist");

  private Accounts() {}

  /// An entry of passwd(5). Numbers are unsigned 32 bits.
  ///
  /// @param name login name
  /// @param uid its number
  /// @param gid its primary group
  /// @param home its home directory
  /// @param shell its login shell
  public record User(String name, long uid, long gid, String home, String shell) {}

  /// An entry of group(5).
  ///
  /// @param name its name
  /// @param gid its number
  public record Group(String name, long gid) {}

  /// The user of a name.
  public static Optional<User> user(String name) {
    return look(name, 0, USER_BY_NAME).map(Accounts::readUser);
  }

  /// The user of a number.
  public static Optional<User> user(long uid) {
    return look(null, uid, USER_BY_NUMBER).map(Accounts::readUser);
  }

  /// The group of a name.
  public static Optional<Group> group(String name) {
    return look(name, 0, GROUP_BY_NAME).map(Accounts::readGroup);
  }

  /// The group of a number.
  public static Optional<Group> group(long gid) {
    return look(null, gid, GROUP_BY_NUMBER).map(Accounts::readGroup);
  }

  /// The numbers of all groups that a user is in, the primary one included (getgrouplist(3)).
  public static List<Long> groupsOf(User user) {
    for (int room = 64; room <= GROUPS_MAX; room *= 4) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment groups = arena.allocate(JAVA_INT, room);
        MemorySegment count = arena.allocateFrom(JAVA_INT, room);
        MemorySegment name = arena.allocateFrom(user.name());
        int answer =
            (int)
                GROUP_LIST.call(
                    name.address(), user.gid(), groups.address(), count.address(), 0, 0);
        if (answer >= 0) {
          List<Long> found = new ArrayList<>();
          for (int i = 0; i < answer; i++) {
            found.add(Integer.toUnsignedLong(groups.getAtIndex(JAVA_INT, i)));
          }
          return List.copyOf(found);
        }
      }
    }
    return List.of(user.gid());
  }

  /// A found record and the memory that its strings live in.
  private record Found(MemorySegment entry, Arena memory) {}

  private static Optional<Found> look(@Nullable String name, long number, NativeFunction function) {
    for (int room = BUFFER_BYTES_MIN; room <= BUFFER_BYTES_MAX; room *= 4) {
      Arena arena = Arena.ofAuto();
      MemorySegment entry = arena.allocate(RECORD_BYTES, 8);
      MemorySegment strings = arena.allocate(room, 8);
      MemorySegment result = arena.allocate(ADDRESS);
      long key = name == null ? number : arena.allocateFrom(name).address();
      int error =
          (int) function.call(key, entry.address(), strings.address(), room, result.address(), 0);
      if (error != Errno.ERANGE) {
        boolean isFound = error == 0 && result.get(ADDRESS, 0).address() != 0;
        return isFound ? Optional.of(new Found(entry, arena)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static User readUser(Found found) {
    return new User(
        text(found, NAME_AT),
        number(found, UID_AT),
        number(found, USER_GID_AT),
        text(found, HOME_AT),
        text(found, SHELL_AT));
  }

  private static Group readGroup(Found found) {
    return new Group(text(found, NAME_AT), number(found, GROUP_GID_AT));
  }

  private static String text(Found found, long at) {
    MemorySegment address = found.entry().get(ADDRESS, at);
    return address.address() == 0
        ? ""
        : address.reinterpret(BUFFER_BYTES_MAX, found.memory(), null).getString(0);
  }

  private static long number(Found found, long at) {
    return Integer.toUnsignedLong(found.entry().get(JAVA_INT, at));
  }
}
