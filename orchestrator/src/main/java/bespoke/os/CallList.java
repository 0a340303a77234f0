package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A list of system calls in memory, as a [CallRoutine] makes them: the head, then the records,
/// then what they point to.
///
/// It is built in arrays and copied in one piece, since every single access to memory outside of
/// the heap is slow before it is compiled. Its memory is that of an arena, which has to stay open
/// until the calls are made.
final class CallList {
  /// The number of a call that is none: the list ends there.
  static final int END = -1;

  private static final int RECORD_BYTES = CallRoutine.RECORD_WORDS * Long.BYTES;
  private static final int HEAD_BYTES = CallRoutine.HEAD_WORDS * Long.BYTES;
  private static final int RESULT_TO = 7;
  private static final int AFTER_ERROR = 8;
  private static final int AFTER_ZERO = 9;
  private static final int UTF_8_BYTES_MAX = 3;

  private final MemorySegment memory;
  private final long base;
  private final long[] words;
  private final byte[] bytes;
  private final int recordsMax;
  private int records;
  private int nextWord;
  private int nextByte;

  /// @param recordsMax how many calls there may be
  /// @param wordsMax how many numbers and addresses they may point to
  /// @param bytesMax how many bytes of text, as [#bytesOf] counts
  CallList(Arena arena, int recordsMax, int wordsMax, int bytesMax) {
    this.recordsMax = recordsMax;
    int listWords = CallRoutine.HEAD_WORDS + recordsMax * CallRoutine.RECORD_WORDS;
    this.words = new long[listWords + wordsMax];
    this.bytes = new byte[bytesMax];
    this.nextWord = listWords;
    this.memory = arena.allocate((long) words.length * Long.BYTES + bytesMax, Long.BYTES);
    this.base = memory.address();
  }

  /// How many bytes a text takes at most.
  static int bytesOf(String text) {
    return Math.addExact(Math.multiplyExact(text.length(), UTF_8_BYTES_MAX), 1);
  }

  /// Puts a C string there.
  ///
  /// @return its address
  long text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    long address = base + (long) words.length * Long.BYTES + nextByte;
    System.arraycopy(encoded, 0, bytes, nextByte, encoded.length);
    nextByte += encoded.length + 1;
    return address;
  }

  /// Puts numbers there.
  ///
  /// @return their address
  long words(long... values) {
    long address = base + (long) nextWord * Long.BYTES;
    System.arraycopy(values, 0, words, nextWord, values.length);
    nextWord += values.length;
    return address;
  }

  /// Puts a NULL-terminated vector of C strings there.
  ///
  /// @return its address
  long vector(List<String> texts) {
    long[] addresses = new long[texts.size() + 1];
    for (int i = 0; i < texts.size(); i++) {
      addresses[i] = text(texts.get(i));
    }
    return words(addresses);
  }

  /// Adds a call. The next one follows, whatever comes of it, unless [#afterError] or [#afterZero]
  /// say otherwise.
  ///
  /// @return its record
  int add(long number, long a, long b, long c, long d) {
    if (records == recordsMax) {
      throw new IllegalStateException("too many calls");
    }
    int record = records;
    records++;
    int at = wordOf(record);
    words[at] = number;
    words[at + 1] = a;
    words[at + 2] = b;
    words[at + 3] = c;
    words[at + 4] = d;
    words[at + RESULT_TO] = (long) HEAD_BYTES - Long.BYTES - offsetOf(record);
    words[at + AFTER_ERROR] = RECORD_BYTES;
    words[at + AFTER_ZERO] = RECORD_BYTES;
    return record;
  }

  int add(long number, long a, long b, long c) {
    return add(number, a, b, c, 0);
  }

  int add(long number, long a, long b) {
    return add(number, a, b, 0, 0);
  }

  int add(long number, long a) {
    return add(number, a, 0, 0, 0);
  }

  /// Passes the result of a call on, as an argument (1 to 6) of a later one.
  void pass(int from, int to, int argument) {
    words[wordOf(from) + RESULT_TO] = offsetOf(to) + (long) argument * Long.BYTES - offsetOf(from);
  }

  /// Says what comes after an error of a call.
  void afterError(int record, int next) {
    words[wordOf(record) + AFTER_ERROR] = offsetOf(next) - (long) offsetOf(record);
  }

  /// Says what comes when the result of a call is 0.
  void afterZero(int record, int next) {
    words[wordOf(record) + AFTER_ZERO] = offsetOf(next) - (long) offsetOf(record);
  }

  private static int wordOf(int record) {
    return CallRoutine.HEAD_WORDS + record * CallRoutine.RECORD_WORDS;
  }

  private static int offsetOf(int record) {
    return HEAD_BYTES + record * RECORD_BYTES;
  }

  /// How many calls there are.
  int size() {
    return records;
  }

  /// Makes the calls.
  ///
  /// @return the record that failed last, or -1
  int run(CallRoutine routine) {
    MemorySegment.copy(words, 0, memory, JAVA_LONG, 0, nextWord);
    MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, (long) words.length * Long.BYTES, nextByte);
    long failed = routine.run(base);
    return failed == 0 ? -1 : (int) ((failed - base - HEAD_BYTES) / RECORD_BYTES);
  }

  /// The errno of the call that failed last.
  int error() {
    return (int) -memory.get(JAVA_LONG, Long.BYTES);
  }

  /// The last result of a call in our own process that was not passed on.
  long result() {
    return memory.get(JAVA_LONG, 2 * Long.BYTES);
  }

  /// The text that a call left in words of ours.
  ///
  /// @param address as from [#words]
  String textAt(long address) {
    return memory.getString(address - base, StandardCharsets.ISO_8859_1);
  }
}
