package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import bespoke.os.Spawned.Failed;
import bespoke.os.Spawned.Step;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// Makes child processes by posix_spawn(3).
public final class PosixSpawner implements Spawner {
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

  /// What the C library got late.
  private static final class Late {
    static final Optional<NativeFunction> SET_CGROUP =
        NativeFunction.ifPresent("posix_spawnattr_setcgroup_np");
    static final NativeFunction SET_FLAGS = NativeFunction.named("posix_spawnattr_setflags");
  }

  private static final class Linked {
    static final NativeFunction SPAWN = NativeFunction.named("posix_spawn");
    static final NativeFunction ACTIONS_INIT =
        NativeFunction.named("posix_spawn_file_actions_init");
    static final NativeFunction ACTIONS_DESTROY =
        NativeFunction.named("posix_spawn_file_actions_destroy");
    static final NativeFunction ADD_OPEN = NativeFunction.named("posix_spawn_file_actions_addopen");
    static final NativeFunction ADD_DUP = NativeFunction.named("posix_spawn_file_actions_adddup2");
    static final NativeFunction ADD_CLOSE =
        NativeFunction.named("posix_spawn_file_actions_addclose");
    static final Optional<NativeFunction> ADD_CHANGE_DIRECTORY =
        NativeFunction.ifPresent("posix_spawn_file_actions_addchdir_np");
    static final Optional<NativeFunction> ADD_CLOSE_FROM =
        NativeFunction.ifPresent("posix_spawn_file_actions_addclosefrom_np");
  }

  private final MemorySegment attributes = Arena.ofAuto().allocate(ATTRIBUTES_BYTES, 16);
  private final MemorySegment nullDevice = Arena.ofAuto().allocateFrom("/dev/null");

  public PosixSpawner() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment all = arena.allocate(SIGNAL_SET_BYTES, 8);
      MemorySegment none = arena.allocate(SIGNAL_SET_BYTES, 8);
      long given = attributes.address();
      check(NativeFunction.named("sigfillset").call(all.address()));
      check(NativeFunction.named("posix_spawnattr_init").call(given));
      check(Late.SET_FLAGS.call(given, FLAGS));
      check(NativeFunction.named("posix_spawnattr_setsigmask").call(given, none.address()));
      check(NativeFunction.named("posix_spawnattr_setsigdefault").call(given, all.address()));
    }
  }

  @Override
  public boolean setsContext() {
    return false;
  }

  @Override
  public boolean canChangeDirectory() {
    return Linked.ADD_CHANGE_DIRECTORY.isPresent();
  }

  @Override
  public boolean canChooseCgroup() {
    return Late.SET_CGROUP.isPresent();
  }

  @Override
  public Spawned spawn(SpawnRequest request) {
    if (!request.context().equals(SpawnContext.NONE)) {
      throw new IllegalArgumentException("posix_spawn(3) cannot do that");
    }
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
    boolean crossing = !wanted.isEmpty() && Collections.min(wanted.values()) <= highest;
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
      long actions = arena.allocate(ACTIONS_BYTES, 16).address();
      check(Linked.ACTIONS_INIT.call(actions));
      try {
        addActions(arena, actions, request, from, highest);
        MemorySegment pid = arena.allocate(JAVA_INT);
        MemorySegment arguments = NativeFunction.strings(arena, request.arguments());
        MemorySegment environment = NativeFunction.strings(arena, request.environment());
        int error =
            (int)
                Linked.SPAWN.call(
                    pid.address(),
                    arena.allocateFrom(request.program()).address(),
                    actions,
                    attributes(arena, request).address(),
                    arguments.address(),
                    environment.address());
        return error == 0
            ? new Spawned.Child(pid.get(JAVA_INT, 0), 0)
            : new Failed(Step.SPAWN, error);
      } finally {
        check(Linked.ACTIONS_DESTROY.call(actions));
      }
    }
  }

  /// The attributes of all, or a copy for a cgroup: posix_spawnattr_t is plain data.
  private MemorySegment attributes(Arena arena, SpawnRequest request) {
    if (request.cgroup().isEmpty()) {
      return attributes;
    }
    MemorySegment own = arena.allocate(ATTRIBUTES_BYTES, 16).copyFrom(attributes);
    check(Late.SET_CGROUP.orElseThrow().call(own.address(), request.cgroup().getAsInt()));
    check(Late.SET_FLAGS.call(own.address(), CGROUP_FLAGS));
    return own;
  }

  private void addActions(
      Arena arena,
      long actions,
      SpawnRequest request,
      SortedMap<Integer, Integer> from,
      int highest) {
    if (request.directory().isPresent()) {
      long directory = arena.allocateFrom(request.directory().get()).address();
      check(Linked.ADD_CHANGE_DIRECTORY.orElseThrow().call(actions, directory));
    }
    for (int number = 0; number <= highest; number++) {
      Integer source = from.get(number);
      if (source != null) {
        check(Linked.ADD_DUP.call(actions, source, number));
      } else if (number <= 2) {
        check(Linked.ADD_OPEN.call(actions, number, nullDevice.address(), READ_WRITE, 0, 0));
      } else {
        check(Linked.ADD_CLOSE.call(actions, number));
      }
    }
    if (Linked.ADD_CLOSE_FROM.isPresent()) {
      check(Linked.ADD_CLOSE_FROM.get().call(actions, highest + 1));
    } else {
      for (int number : OpenDescriptors.above(highest)) {
        check(Linked.ADD_CLOSE.call(actions, number));
      }
    }
  }

  /// The functions of posix_spawn(3) return the error itself.
  private static void check(long answer) {
    int error = (int) answer;
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
