package bespoke.repository;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Writes values one after the other into a growing array; [RecordReader] reads them back in the
/// same order.
///
/// Numbers are variable-length (LEB128), so small ones take one byte; texts are UTF-8 after their
/// length.
public final class RecordWriter {
  private static final int KEPT_BYTES_MAX = 1 << 16;

  private byte[] bytes;
  private int size;

  /// A writer with room for about that many bytes.
  public RecordWriter(int sizeBytesExpected) {
    bytes = new byte[Math.max(16, sizeBytesExpected)];
  }

  /// Bytes written so far.
  public int size() {
    return size;
  }

  /// Forgets what was written, and gives a large array back: an import of thousands of services
  /// would leave megabytes that nothing fills again.
  public void reset() {
    size = 0;
    if (bytes.length > KEPT_BYTES_MAX) {
      bytes = new byte[KEPT_BYTES_MAX];
    }
  }

  /// The array behind, valid up to [#size] until the next write.
  byte[] array() {
    return bytes;
  }

  /// A copy of what was written.
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /// One byte.
  public RecordWriter octet(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /// One byte: 1 or 0.
  public RecordWriter flag(boolean value) {
    return octet(value ? 1 : 0);
  }

  /// A number, cheapest when it is small and not negative: 1 to 10 bytes.
  public RecordWriter number(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /// A number that is often negative.
  public RecordWriter signed(long value) {
    return number(value << 1 ^ value >> 63);
  }

  /// A text of any length.
  public RecordWriter text(String value) {
    int length = value.length();
    reserve(length + 5);
    if (length < 128 && asciiFits(value)) {
      return this;
    }
    return octets(value.getBytes(StandardCharsets.UTF_8));
  }

  private boolean asciiFits(String value) {
    int length = value.length();
    int at = size + 1;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 128) {
        return false;
      }
      bytes[at + i] = (byte) c;
    }
    bytes[size] = (byte) length;
    size = at + length;
    return true;
  }

  /// Bytes after their length.
  public RecordWriter octets(byte[] value) {
    number(value.length);
    return raw(value, 0, value.length);
  }

  /// Bytes without a length.
  RecordWriter raw(byte[] value, int from, int length) {
    reserve(length);
    System.arraycopy(value, from, bytes, size, length);
    size += length;
    return this;
  }

  /// Four bytes, the highest first.
  RecordWriter word(int value) {
    return octet(value >>> 24).octet(value >>> 16).octet(value >>> 8).octet(value);
  }

  /// The name of an enum constant, or nothing.
  public RecordWriter name(@Nullable Enum<?> value) {
    return text(value == null ? "" : value.name());
  }

  /// A value that may be absent.
  public RecordWriter optional(OptionalLong value) {
    flag(value.isPresent());
    return value.isPresent() ? signed(value.getAsLong()) : this;
  }

  /// A value that may be absent.
  public RecordWriter optional(OptionalInt value) {
    flag(value.isPresent());
    return value.isPresent() ? signed(value.getAsInt()) : this;
  }

  /// A value that may be absent.
  public <T> RecordWriter optional(Optional<T> value, BiConsumer<RecordWriter, T> writer) {
    flag(value.isPresent());
    value.ifPresent(present -> writer.accept(this, present));
    return this;
  }

  /// A list after its length.
  public <T> RecordWriter list(Collection<T> values, BiConsumer<RecordWriter, T> writer) {
    number(values.size());
    values.forEach(value -> writer.accept(this, value));
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
