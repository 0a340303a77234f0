package bespoke.repository;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what a [RecordWriter] wrote.
///
/// Every method throws [MalformedRecordException] when the bytes cannot be what was asked for; none
/// reads beyond the end or makes anything much larger than the input.
public final class RecordReader {

  private final byte[] bytes;
  private final int end;
  private final @Nullable Strings strings;
  private int at;

  /// Reads a whole array.
  public RecordReader(byte[] bytes) {
    this(bytes, 0, bytes.length, null);
  }

  /// Reads a part of an array.
  ///
  /// @param strings where equal texts are shared, or null
  RecordReader(byte[] bytes, int from, int length, @Nullable Strings strings) {
    this.bytes = bytes;
    this.at = from;
    this.end = from + length;
    this.strings = strings;
  }

  /// Whether everything was read.
  public boolean atEnd() {
    return at == end;
  }

  /// Where the next value begins in the array.
  int position() {
    return at;
  }

  /// One byte, 0 to 255.
  public int octet() {
    require(1);
    return bytes[at++] & 0xff;
  }

  /// One byte, 0 or 1.
  public boolean flag() {
    int value = octet();
    if (value > 1) {
      throw new MalformedRecordException("a flag is " + value);
    }
    return value == 1;
  }

  /// A number of [RecordWriter#number].
  public long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new MalformedRecordException("a number is longer than 64 bits");
  }

  /// A number of [RecordWriter#number] that must fit an int and not be negative.
  public int size() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new MalformedRecordException("a size is " + value);
    }
    return (int) value;
  }

  /// A number of [RecordWriter#signed].
  public long signed() {
    long value = number();
    return value >>> 1 ^ -(value & 1);
  }

  /// A number of [RecordWriter#signed] that must fit an int.
  public int signedInt() {
    long value = signed();
    if (value != (int) value) {
      throw new MalformedRecordException("a number is " + value);
    }
    return (int) value;
  }

  /// A text.
  public String text() {
    int length = length();
    String value =
        strings == null
            ? new String(bytes, at, length, StandardCharsets.UTF_8)
            : strings.text(bytes, at, length);
    at += length;
    return value;
  }

  /// Whether a text is this one; makes nothing, for searching.
  ///
  /// @param utf8 the text in UTF-8
  public boolean textIs(byte[] utf8) {
    int length = length();
    at += length;
    return Arrays.equals(bytes, at - length, at, utf8, 0, utf8.length);
  }

  /// Passes a text over.
  public void skipText() {
    int length = length(); // moves the position itself
    at += length;
  }

  /// Bytes after their length.
  public byte[] octets() {
    int length = length();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /// Four bytes, the highest first.
  int word() {
    return octet() << 24 | octet() << 16 | octet() << 8 | octet();
  }

  /// The enum constant of that name.
  public <E extends Enum<E>> E name(Class<E> type) {
    E value = nameOrNull(type);
    if (value == null) {
      throw new MalformedRecordException("a " + type.getSimpleName() + " is missing");
    }
    return value;
  }

  /// The enum constant of that name, or null if none was written.
  public <E extends Enum<E>> @Nullable E nameOrNull(Class<E> type) {
    String name = text();
    if (name.isEmpty()) {
      return null;
    }
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException("no " + type.getSimpleName() + " is called " + name);
    }
  }

  /// A value that may be absent.
  public OptionalLong optionalLong() {
    return flag() ? OptionalLong.of(signed()) : OptionalLong.empty();
  }

  /// A value that may be absent.
  public OptionalInt optionalInt() {
    return flag() ? OptionalInt.of(signedInt()) : OptionalInt.empty();
  }

  /// A value that may be absent.
  public <T> Optional<T> optional(Function<RecordReader, T> reader) {
    return flag() ? Optional.of(reader.apply(this)) : Optional.empty();
  }

  /// A list after its length.
  public <T> List<T> list(Function<RecordReader, T> reader) {
    int count = length();
    List<T> values = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      values.add(reader.apply(this));
    }
    return values;
  }

  /// A length that the rest of the bytes can hold, at one byte an element.
  private int length() {
    int length = size();
    require(length);
    return length;
  }

  private void require(int count) {
    if (end - at < count) {
      throw new MalformedRecordException("the record ends early");
    }
  }
}
