package bespoke.os;

import bespoke.os.Spawned.Step;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The system calls that turn a [SpawnRequest] into a process: one of our own, clone3(2), and those
/// of the child, up to execve(2). An error of the child's makes it end; the list tells which.
///
/// The raw calls change the child alone, also where the C library would change all threads of a
/// process (setresuid(2), nptl(7)). Credentials come last, since everything before may need ours.
/// As soon as the child has others, the kernel forbids other processes of the new user to trace it
/// or to look into its memory, which is ours: commit_creds() of kernel/cred.c makes that memory
/// "not dumpable" (ptrace(2)) before, for good. So nobody may ever set PR_SET_DUMPABLE again in
/// this process. What such a user can do is to send the child a signal. SIGKILL ends it like a
/// program that was killed at once. SIGSTOP makes the thread that waits for it wait until the
/// contract is killed, as it is when the method's time is over.
final class BirthCalls {
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_VFORK = 0x4000;
  private static final long CLONE_CLEAR_SIGHAND = 1L << 32;
  private static final long CLONE_INTO_CGROUP = 1L << 33;
  private static final long CLONE_FLAGS = CLONE_VM | CLONE_VFORK | CLONE_CLEAR_SIGHAND;
  private static final int CHILD_SIGNAL = 17;

  /// `struct clone_args` of linux/sched.h without and with its last member, the cgroup.
  private static final int CLONE_WORDS = 8;

  private static final int CLONE_CGROUP_WORDS = 11;
  private static final int CLONE_CGROUP_AT = 10;
  private static final int CLONE_SIGNAL_AT = 4;

  private static final int READ_WRITE = 2;
  private static final int STAT_WORDS = Processes.STAT_PIECE_BYTES / Long.BYTES;
  private static final int READ_CLOSE_ON_EXEC = 0x80000;
  private static final int WRITE_CLOSE_ON_EXEC = 0x80001;
  private static final int COPY_CLOSE_ON_EXEC = 1030;
  static final long ALL_DESCRIPTORS = 0xffff_ffffL;
  private static final int SET_MASK = 2;
  private static final int SIGNAL_SET_BYTES = 8;
  private static final int SET_NO_NEW_PRIVILEGES = 38;
  private static final int FAILED_STATUS = 127;

  /// Where the child's records begin: after clone3(2) and the end of the parent's.
  private static final int CHILD = 2;

  /// Of x86-64 (asm/unistd_64.h).
  static final class Call {
    static final int READ = 0;
    static final int WRITE = 1;
    static final int OPEN = 2;
    static final int SIGNAL_ACTION = 13;
    static final int SIGNAL_MASK = 14;
    static final int COPY_TO = 33;
    static final int EXECUTE = 59;
    static final int CONTROL = 72;
    static final int CHANGE_DIRECTORY = 80;
    static final int UMASK = 95;
    static final int NEW_SESSION = 112;
    static final int SET_PRIORITY = 141;
    static final int PROCESS_CONTROL = 157;
    static final int EXIT = 231;
    static final int LIMIT = 302;
    static final int CLONE = 435;
    static final int CLOSE_RANGE = 436;
  }

  private final SpawnRequest request;
  private final SortedMap<Integer, Integer> wanted;
  private final int highest;
  private final CallList list;
  private final List<Step> steps = new ArrayList<>();
  private final long stat;

  BirthCalls(Arena arena, SpawnRequest request, InheritedState inherited) {
    this.request = request;
    this.wanted = new TreeMap<>(request.descriptors());
    this.highest = wanted.isEmpty() ? 2 : Math.max(2, wanted.lastKey());
    this.list = new CallList(arena, callsMax(inherited), wordsMax(), bytesMax());
    addBirth();
    this.stat = addSelfDescription();
    addSession(inherited.ignored());
    request
        .directory()
        .ifPresent(directory ->
            add(Step.DIRECTORY, list.add(Call.CHANGE_DIRECTORY, list.text(directory), 0)));
    addDescriptors();
    addContext(request.context(), inherited);
    addExecution();
  }

  private int callsMax(InheritedState inherited) {
    return 26
        + inherited.ignored().size()
        + 2 * request.descriptors().size()
        + request.context().limits().size()
        + CredentialCalls.callsMax(request.context());
  }

  private int wordsMax() {
    return 32
        + STAT_WORDS
        + request.arguments().size()
        + request.environment().size()
        + 2 * request.context().limits().size()
        + CredentialCalls.wordsMax(request.context());
  }

  private int bytesMax() {
    long sum = 192L + CallList.bytesOf(request.program());
    sum += request.directory().map(CallList::bytesOf).orElse(0);
    for (String text : request.arguments()) {
      sum += CallList.bytesOf(text);
    }
    for (String text : request.environment()) {
      sum += CallList.bytesOf(text);
    }
    return Math.toIntExact(sum);
  }

  private int add(Step step, int record) {
    while (steps.size() <= record) {
      steps.add(step);
    }
    return record;
  }

  private void addBirth() {
    long[] clone = cloneArguments(request.cgroup().orElse(-1));
    long size = (long) clone.length * Long.BYTES;
    int birth = list.add(Call.CLONE, list.words(clone), size);
    add(request.cgroup().isPresent() ? Step.CGROUP : Step.BIRTH, birth);
    add(Step.BIRTH, list.add(CallList.END, 0));
    list.afterZero(birth, CHILD);
  }

  /// The arguments of clone3(2).
  ///
  /// @param cgroup a descriptor of its directory, or -1
  static long[] cloneArguments(int cgroup) {
    long[] clone = new long[cgroup < 0 ? CLONE_WORDS : CLONE_CGROUP_WORDS];
    clone[0] = CLONE_FLAGS;
    clone[CLONE_SIGNAL_AT] = CHILD_SIGNAL;
    if (cgroup >= 0) {
      clone[0] |= CLONE_INTO_CGROUP;
      clone[CLONE_CGROUP_AT] = cgroup;
    }
    return clone;
  }

  /// The child reads when it was born, since that is cheaper than to ask for it afterwards.
  ///
  /// @return the address of the text of its `/proc/PID/stat`
  private long addSelfDescription() {
    long text = list.words(new long[STAT_WORDS]);
    int open = list.add(Call.OPEN, list.text("/proc/self/stat"), READ_CLOSE_ON_EXEC);
    int read = list.add(Call.READ, 0, text, STAT_WORDS * Long.BYTES - 1L);
    list.pass(add(Step.BIRTH, open), add(Step.BIRTH, read), 1);
    return text;
  }

  /// CLONE_CLEAR_SIGHAND gives the handled signals their defaults, and leaves the ignored ones.
  private void addSession(List<Integer> ignored) {
    add(Step.BIRTH, list.add(Call.NEW_SESSION, 0));
    if (!ignored.isEmpty()) {
      long byDefault = list.words(0, 0, 0, 0);
      for (int signal : ignored) {
        add(Step.BIRTH, list.add(Call.SIGNAL_ACTION, signal, byDefault, 0, SIGNAL_SET_BYTES));
      }
    }
  }

  /// Puts the descriptors to their numbers and closes all others. Ours are copied above them
  /// before, when one may be in the way of another; the null device comes first, since it may be
  /// opened at any number that is free.
  private void addDescriptors() {
    boolean isCrossing = !wanted.isEmpty() && Collections.min(wanted.values()) <= highest;
    List<Integer> copies = new ArrayList<>();
    if (isCrossing) {
      for (int ours : wanted.values()) {
        int copy = list.add(Call.CONTROL, ours, COPY_CLOSE_ON_EXEC, highest + 1);
        copies.add(add(Step.DESCRIPTORS, copy));
      }
    }
    addNullDevice();
    Iterator<Integer> copy = copies.iterator();
    wanted.forEach((number, ours) -> {
      int record = add(Step.DESCRIPTORS, list.add(Call.COPY_TO, ours, number));
      if (copy.hasNext()) {
        list.pass(copy.next(), record, 1);
      }
    });
    for (int number = 3; number <= highest; number++) {
      int first = number;
      while (number <= highest && !wanted.containsKey(number)) {
        number++;
      }
      if (first < number) {
        add(Step.DESCRIPTORS, list.add(Call.CLOSE_RANGE, first, number - 1, 0));
      }
    }
    add(Step.DESCRIPTORS, list.add(Call.CLOSE_RANGE, highest + 1, ALL_DESCRIPTORS, 0));
  }

  private void addNullDevice() {
    List<Integer> numbers = new ArrayList<>(List.of(0, 1, 2));
    numbers.removeAll(wanted.keySet());
    if (numbers.isEmpty()) {
      return;
    }
    int opening = add(Step.DESCRIPTORS, list.add(Call.OPEN, list.text("/dev/null"), READ_WRITE));
    int first = numbers.getFirst();
    list.pass(opening, add(Step.DESCRIPTORS, list.add(Call.COPY_TO, 0, first)), 1);
    for (int number : numbers.subList(1, numbers.size())) {
      add(Step.DESCRIPTORS, list.add(Call.COPY_TO, first, number));
    }
  }

  private void addContext(SpawnContext context, InheritedState inherited) {
    context.umask().ifPresent(umask -> add(Step.LIMIT, list.add(Call.UMASK, umask)));
    context.oomScoreAdjust().ifPresent(this::addOomScore);
    context
        .limits()
        .forEach((number, limit) ->
            add(
                Step.LIMIT,
                list.add(Call.LIMIT, 0, number, list.words(limit.soft(), limit.hard()))));
    request.nice().ifPresent(nice -> add(Step.NICE, list.add(Call.SET_PRIORITY, 0, 0, nice)));
    if (request.noNewPrivileges()) {
      add(Step.NO_NEW_PRIVILEGES, list.add(Call.PROCESS_CONTROL, SET_NO_NEW_PRIVILEGES, 1));
    }
    new CredentialCalls(list, this::add, inherited).add(context);
  }

  private void addOomScore(int score) {
    String text = Integer.toString(score);
    int open =
        add(
            Step.OOM_SCORE,
            list.add(Call.OPEN, list.text("/proc/self/oom_score_adj"), WRITE_CLOSE_ON_EXEC));
    int write = add(Step.OOM_SCORE, list.add(Call.WRITE, 0, list.text(text), text.length()));
    list.pass(open, write, 1);
  }

  private void addExecution() {
    long none = list.words(0);
    add(Step.BIRTH, list.add(Call.SIGNAL_MASK, SET_MASK, none, 0, SIGNAL_SET_BYTES));
    add(
        Step.EXECUTE,
        list.add(
            Call.EXECUTE,
            list.text(request.program()),
            list.vector(request.arguments()),
            list.vector(request.environment())));
    int exit = add(Step.EXECUTE, list.add(Call.EXIT, FAILED_STATUS));
    for (int record = CHILD; record < exit; record++) {
      list.afterError(record, exit);
    }
  }

  /// Makes the process, and reaps it when it could not become its program.
  Spawned run(CallRoutine routine) {
    int failed = list.run(routine);
    if (failed < 0) {
      long startTime = Processes.startTimeIn(list.textAt(stat)).orElse(0);
      return new Spawned.Child((int) list.result(), startTime);
    }
    if (failed >= CHILD) {
      var _ = Children.await((int) list.result());
    }
    return new Spawned.Failed(steps.get(failed), list.error());
  }
}
