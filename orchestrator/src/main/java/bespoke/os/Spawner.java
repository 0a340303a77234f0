package bespoke.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import bespoke.os.Spawned.Failed;
import bespoke.os.Spawned.Step;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// Makes child processes by posix_spawn(3): a session of their own, no blocked and no ignored
/// signals, exactly the descriptors that were asked for.
///
/// Nothing but [Children] may wait for them. May be used by several threads at once.
public final class Spawner {
  private static final short SET_SIGNAL_DEFAULTS = 0x04;
  private static final short SET_SIGNAL_MASK = 0x08;
  private static final short SET_SESSION = 0x80;
  private static final short SET_CGROUP = 0x100;
  private static final short FLAGS = SET_SIGNAL_DEFAULTS | SET_SIGNAL_MASK | SET_SESSION;
  private static final short CGROUP_FLAGS = FLAGS | SET_CGROUP;

  /// More than the structures take with any glibc (336, 80 and 128 bytes).
  private static final long ATTRIBUTES_BYTES = 1024;

  private static final long ACTIONS_BYTES = 256;
  private static final long SIGNAL_SET_BYTES = 128;

  private static final int READ_WRITE = 2;
  private static final FunctionDescriptor ONE = FunctionDescriptor.of(JAVA_INT, ADDRESS);
  private static final FunctionDescriptor TWO = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
  private static final FunctionDescriptor AND_INT =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT);

  /// What the C library got late.
  private static final class Late {
    static final Optional<MethodHandle> SET_CGROUP =
        Native.ifPresent("posix_spawnattr_setcgroup_np", AND_INT);
    static final MethodHandle SET_FLAGS =
        Native.plain(
            "posix_spawnattr_setflags", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT));
  }

  private static final class Linked {
    static final MethodHandle SPAWN =
        Native.plain(
            "posix_spawn",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    static final MethodHandle ACTIONS_INIT = Native.plain("posix_spawn_file_actions_init", ONE);
    static final MethodHandle ACTIONS_DESTROY =
        Native.plain("posix_spawn_file_actions_destroy", ONE);
    static final MethodHandle ADD_OPEN =
        Native.plain(
            "posix_spawn_file_actions_addopen",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    static final MethodHandle ADD_DUP =
        Native.plain(
            "posix_spawn_file_actions_adddup2",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    static final MethodHandle ADD_CLOSE =
        Native.plain("posix_spawn_file_actions_addclose", AND_INT);
    static final Optional<MethodHandle> ADD_CHANGE_DIRECTORY =
        Native.ifPresent("posix_spawn_file_actions_addchdir_np", TWO);
    static final Optional<MethodHandle> ADD_CLOSE_FROM =
        Native.ifPresent("posix_spawn_file_actions_addclosefrom_np", AND_INT);
  }

  private final MemorySegment attributes = Arena.ofAuto().allocate(ATTRIBUTES_BYTES, 16);
  private final MemorySegment nullDevice = Arena.ofAuto().allocateFrom("/dev/null");

  public Spawner() {
    MethodHandle init = Native.plain("posix_spawnattr_init", ONE);
    MethodHandle mask = Native.plain("posix_spawnattr_setsigmask", TWO);
    MethodHandle defaults = Native.plain("posix_spawnattr_setsigdefault", TWO);
    MethodHandle fill = Native.plain("sigfillset", ONE);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment all = arena.allocate(SIGNAL_SET_BYTES, 8);
      MemorySegment none = arena.allocate(SIGNAL_SET_BYTES, 8);
      check((int) fill.invokeExact(all));
      check((int) init.invokeExact(attributes));
      check((int) Late.SET_FLAGS.invokeExact(attributes, FLAGS));
      check((int) mask.invokeExact(attributes, none));
      check((int) defaults.invokeExact(attributes, all));
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// Whether this C library can set [SpawnRequest#directory] (glibc 2.29); otherwise it must be
  /// empty.
  public boolean canChangeDirectory() {
    return Linked.ADD_CHANGE_DIRECTORY.isPresent();
  }

  /// Whether this C library can set [SpawnRequest#cgroup] (glibc 2.39). The kernel may refuse all
  /// the same, with ENOSYS or EOPNOTSUPP: clone3(2) is young and often filtered.
  public boolean canChooseCgroup() {
    return Late.SET_CGROUP.isPresent();
  }

  /// Makes a process. Takes about a tenth of a millisecond.
  public Spawned spawn(SpawnRequest request) {
    if (request.nice().isEmpty() && !request.noNewPrivileges()) {
      return spawnHere(request);
    }
    return onThrowawayThread(request);
  }

  /// Priority and `no_new_privs` belong to a thread and pass to what it spawns; so they are set on
  /// a thread that ends with the call.
  private Spawned onThrowawayThread(SpawnRequest request) {
    AtomicReference<Spawned> answer = new AtomicReference<>(new Failed(Step.SPAWN, Errno.EAGAIN));
    Thread thread =
        Thread.ofPlatform()
            .name("spawn")
            .start(() ->
                answer.set(ThreadAttributes.set(request).orElseGet(() -> spawnHere(request))));
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return answer.get();
  }

  private Spawned spawnHere(SpawnRequest request) {
    SortedMap<Integer, Integer> wanted = new TreeMap<>(request.descriptors());
    int highest = wanted.isEmpty() ? 2 : Math.max(2, wanted.lastKey());
    boolean crossing = wanted.values().stream().anyMatch(number -> number <= highest);
    if (!crossing) {
      return spawnWith(request, wanted, highest);
    }
    SortedMap<Integer, Integer> copies = new TreeMap<>();
    try {
      for (Map.Entry<Integer, Integer> entry : wanted.entrySet()) {
        int copy = Descriptor.copy(entry.getValue(), highest + 1);
        if (copy < 0) {
          return new Failed(Step.DESCRIPTORS, -copy);
        }
        copies.put(entry.getKey(), copy);
      }
      return spawnWith(request, copies, highest);
    } finally {
      copies.values().forEach(copy -> new Descriptor(copy).close());
    }
  }

  private Spawned spawnWith(SpawnRequest request, SortedMap<Integer, Integer> from, int highest) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(ACTIONS_BYTES, 16);
      check((int) Linked.ACTIONS_INIT.invokeExact(actions));
      try {
        addActions(arena, actions, request, from, highest);
        MemorySegment pid = arena.allocate(JAVA_INT);
        MemorySegment arguments = Native.strings(arena, request.arguments());
        MemorySegment environment = Native.strings(arena, request.environment());
        MemorySegment program = arena.allocateFrom(request.program());
        int error =
            (int)
                Linked.SPAWN.invokeExact(
                    pid, program, actions, attributes(arena, request), arguments, environment);
        return error == 0 ? new Spawned.Child(pid.get(JAVA_INT, 0)) : new Failed(Step.SPAWN, error);
      } finally {
        check((int) Linked.ACTIONS_DESTROY.invokeExact(actions));
      }
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// The attributes of all, or a copy for a cgroup: posix_spawnattr_t is plain data.
  private MemorySegment attributes(Arena arena, SpawnRequest request) throws Throwable {
    if (request.cgroup().isEmpty()) {
      return attributes;
    }
    MemorySegment own = arena.allocate(ATTRIBUTES_BYTES, 16).copyFrom(attributes);
    check((int) Late.SET_CGROUP.orElseThrow().invokeExact(own, request.cgroup().getAsInt()));
    check((int) Late.SET_FLAGS.invokeExact(own, CGROUP_FLAGS));
    return own;
  }

  private void addActions(
      Arena arena,
      MemorySegment actions,
      SpawnRequest request,
      SortedMap<Integer, Integer> from,
      int highest)
      throws Throwable {
    if (request.directory().isPresent()) {
      MemorySegment directory = arena.allocateFrom(request.directory().get());
      check((int) Linked.ADD_CHANGE_DIRECTORY.orElseThrow().invokeExact(actions, directory));
    }
    for (int number = 0; number <= highest; number++) {
      Integer source = from.get(number);
      if (source != null) {
        check((int) Linked.ADD_DUP.invokeExact(actions, (int) source, number));
      } else if (number <= 2) {
        check((int) Linked.ADD_OPEN.invokeExact(actions, number, nullDevice, READ_WRITE, 0));
      } else {
        check((int) Linked.ADD_CLOSE.invokeExact(actions, number));
      }
    }
    if (Linked.ADD_CLOSE_FROM.isPresent()) {
      check((int) Linked.ADD_CLOSE_FROM.get().invokeExact(actions, highest + 1));
    } else {
      for (int number : OpenDescriptors.above(highest)) {
        check((int) Linked.ADD_CLOSE.invokeExact(actions, number));
      }
    }
  }

  private static void check(int error) {
    if (error != 0) {
      throw new ResourceShortage("prepare a process", error);
    }
  }

  /// Which descriptors of ours are open.
  private static final class OpenDescriptors {
    static List<Integer> above(int highest) {
      String[] names = new File("/proc/self/fd").list();
      return names == null
          ? Collections.emptyList()
          : Arrays.stream(names)
              .map(Integer::valueOf)
              .filter(number -> number > highest)
              .sorted()
              .toList();
    }
  }
}
