package bespoke.os;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// A routine of machine code that makes the system calls of a [CallList], one after the other.
///
/// What it is there for is clone3(2) with CLONE_VM and CLONE_VFORK: the child runs in our memory,
/// on the stack of the thread that made it and while that thread waits, so it must not return into
/// the code of a compiler that knows nothing of it. Here it stays inside of the loop until it
/// executes a program or ends: from the first `syscall` on nothing is read from the stack or
/// written to it, and nothing of the C library runs, so that its locks, thread-local data and
/// caches of ids do not matter. The JVM writes machine code all day; this is 98 bytes more.
///
/// x86-64 only.
final class CallRoutine {
  /// A call: its number (negative: the end), six arguments, then displacements from this record: to
  /// where the result goes, to what comes after an error, to what comes after 0. After any other
  /// result the next record follows.
  static final int RECORD_WORDS = 10;

  /// Before the first record: the address of the record that failed last (0: none), the negated
  /// errno of that, and a word for a result.
  static final int HEAD_WORDS = 3;

  /// As objdump(1) shows it; the bytes on the left are what is executed.
  static final String LISTING =
      """
      f3 0f 1e fa | endbr64
      53          | push rbx
      41 54       | push r12
      49 89 fc    | mov r12, rdi
      48 8d 5f 18 | lea rbx, [rdi+24]
      48 8b 03    | next: mov rax, [rbx]
      48 8b 7b 08 | mov rdi, [rbx+8]
      48 8b 73 10 | mov rsi, [rbx+16]
      48 8b 53 18 | mov rdx, [rbx+24]
      4c 8b 53 20 | mov r10, [rbx+32]
      4c 8b 43 28 | mov r8, [rbx+40]
      4c 8b 4b 30 | mov r9, [rbx+48]
      48 85 c0    | test rax, rax
      78 2c       | js end
      0f 05       | syscall
      48 8b 4b 38 | mov rcx, [rbx+56]
      48 89 04 0b | mov [rbx+rcx], rax
      48 85 c0    | test rax, rax
      78 0e       | js failed
      74 06       | jz zero
      48 83 c3 50 | add rbx, 80
      eb c9       | jmp next
      48 03 5b 48 | zero: add rbx, [rbx+72]
      eb c3       | jmp next
      49 89 1c 24 | failed: mov [r12], rbx
      49 89 44 24 08 | mov [r12+8], rax
      48 03 5b 40 | add rbx, [rbx+64]
      eb b4       | jmp next
      49 8b 04 24 | end: mov rax, [r12]
      41 5c       | pop r12
      5b          | pop rbx
      c3          | ret
      """;

  private static final long READ_WRITE = 3;
  private static final long READ_EXECUTE = 5;
  private static final long PRIVATE_ANONYMOUS = 0x22;
  private static final long BYTES = 4096;

  private final NativeFunction entry;

  private CallRoutine(NativeFunction entry) {
    this.entry = entry;
  }

  private static final class Once {
    static final Optional<CallRoutine> ROUTINE = open();
  }

  /// The routine, which is put into memory once and stays there.
  ///
  /// @return empty on other machines, and where memory may not become executable
  static Optional<CallRoutine> get() {
    return Once.ROUTINE;
  }

  private static Optional<CallRoutine> open() {
    if (!System.getProperty("os.arch", "").toLowerCase(Locale.ROOT).equals("amd64")) {
      return Optional.empty();
    }
    byte[] code = code();
    long address =
        NativeFunction.named("mmap").call(0, BYTES, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
    if (address == -1) {
      return Optional.empty();
    }
    MemorySegment place = MemorySegment.ofAddress(address).reinterpret(BYTES);
    MemorySegment.copy(code, 0, place, ValueLayout.JAVA_BYTE, 0, code.length);
    return NativeFunction.named("mprotect").orErrno(address, BYTES, READ_EXECUTE) == 0
        ? Optional.of(new CallRoutine(NativeFunction.at(address)))
        : Optional.empty();
  }

  /// The bytes of the listing.
  static byte[] code() {
    StringBuilder digits = new StringBuilder();
    LISTING
        .lines()
        .map(line -> line.substring(0, Math.max(0, line.indexOf('|'))))
        .forEach(bytes -> digits.append(bytes.replace(" ", "")));
    return HexFormat.of().parseHex(digits);
  }

  /// Makes the calls.
  ///
  /// @param head address of the list
  /// @return the address of the record that failed last, or 0
  long run(long head) {
    return entry.call(head);
  }
}
