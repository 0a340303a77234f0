package bespoke.api.listing;

import bespoke.api.TableView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The time zone that `TZ` names, or else the machine's as `/etc/localtime` tells it (tzset(3),
/// tzfile(5)).
///
/// `ZoneId.systemDefault` reads the tables of all zones, which costs more start-up than the rest of
/// `svcs`; so it is asked only where no file says enough: for a `TZ` that is a rule, in the years
/// after the file's table, or when it cannot be read.
public final class LocalZone implements Times.Zone {

  private static final int MAGIC = 0x545a6966;
  private static final int HEADER_BYTES = 44;
  private static final int FILE_BYTES_MAX = 64 << 10;
  private static final Path ZONES = Path.of("/usr/share/zoneinfo");

  private final long[] transitions;
  private final int[] offsets;
  private final boolean constantAfterwards;

  private LocalZone(long[] transitions, int[] offsets, boolean constantAfterwards) {
    this.transitions = transitions;
    this.offsets = offsets;
    this.constantAfterwards = constantAfterwards;
  }

  /// The zone of the file, unless the environment variable names another.
  ///
  /// @param variable the value of `TZ`
  public static Times.Zone of(@Nullable String variable, Path file) {
    if (variable == null || variable.isEmpty()) {
      return of(file);
    }
    if (variable.equals("UTC") || variable.equals("UTC0")) {
      return new LocalZone(new long[0], new int[1], true);
    }
    // what is no name of a zone, such as a rule or a path, is for the JDK to understand
    boolean isName = variable.indexOf('.') < 0 && variable.indexOf('/') > 0;
    return isName ? of(ZONES.resolve(variable)) : new Slow();
  }

  /// The zone of who asks for a table.
  public static LocalZone of(TableView view) {
    int count = view.transitions().size();
    long[] transitions = new long[count];
    int[] offsets = new int[count + 1];
    offsets[0] = (int) view.firstOffset();
    for (int i = 0; i < count; i++) {
      transitions[i] = view.transitions().get(i);
      offsets[i + 1] = (int) (long) view.offsets().get(i);
    }
    return new LocalZone(transitions, offsets, true);
  }

  /// Whether its transitions tell all until a moment in seconds since 1970 UTC.
  public boolean isKnownUntil(long epochSecond) {
    return constantAfterwards
        || transitions.length > 0 && epochSecond < transitions[transitions.length - 1];
  }

  /// How it looks to who wants a table at a moment, in milliseconds since 1970 UTC, until which it
  /// must be known.
  public TableView view(long nowEpochMillis, boolean colour) {
    List<Long> moments = new ArrayList<>();
    List<Long> distances = new ArrayList<>();
    for (int i = 0; i < transitions.length && transitions[i] <= nowEpochMillis / 1000; i++) {
      moments.add(transitions[i]);
      distances.add((long) offsets[i + 1]);
    }
    return new TableView(nowEpochMillis, offsets[0], moments, distances, colour);
  }

  private static Times.Zone of(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      return content.length > FILE_BYTES_MAX ? new Slow() : read(ByteBuffer.wrap(content));
    } catch (IOException | RuntimeException e) {
      return new Slow();
    }
  }

  /// Reads the second part of a file of version 2 or later, which has times of 64 bits.
  private static Times.Zone read(ByteBuffer file) {
    if (file.getInt(0) != MAGIC || file.get(4) < '2') {
      return new Slow();
    }
    int start = HEADER_BYTES + bodyBytes(file, 0, 4);
    int times = file.getInt(start + 32);
    int types = file.getInt(start + 36);
    int at = start + HEADER_BYTES;
    int indexes = at + 8 * times;
    int infos = indexes + times;
    long[] transitions = new long[times];
    int[] offsets = new int[times + 1];
    offsets[0] = types == 0 ? 0 : file.getInt(infos);
    for (int i = 0; i < times; i++) {
      transitions[i] = file.getLong(at + 8 * i);
      offsets[i + 1] = file.getInt(infos + 6 * (file.get(indexes + i) & 0xff));
    }
    int footer = start + HEADER_BYTES + bodyBytes(file, start, 8);
    byte[] rule = new byte[file.capacity() - footer];
    file.get(footer, rule);
    boolean constant = new String(rule, StandardCharsets.ISO_8859_1).indexOf(',') < 0;
    return new LocalZone(transitions, offsets, constant);
  }

  /// How long the part behind a header is, whose times have so many bytes.
  private static int bodyBytes(ByteBuffer file, int header, int timeBytes) {
    int utIndicators = file.getInt(header + 20);
    int standardIndicators = file.getInt(header + 24);
    int leaps = file.getInt(header + 28);
    int times = file.getInt(header + 32);
    int types = file.getInt(header + 36);
    int letters = file.getInt(header + 40);
    return times * (timeBytes + 1)
        + types * 6
        + letters
        + leaps * (timeBytes + 4)
        + standardIndicators
        + utIndicators;
  }

  @Override
  public int offsetSeconds(long epochSecond) {
    int found = Arrays.binarySearch(transitions, epochSecond);
    int index = found >= 0 ? found + 1 : -found - 1;
    if (index == transitions.length && !constantAfterwards) {
      return new Slow().offsetSeconds(epochSecond);
    }
    return offsets[index];
  }

  /// The zone as the JDK finds it.
  private record Slow() implements Times.Zone {
    @Override
    public int offsetSeconds(long epochSecond) {
      return ZoneId.systemDefault()
          .getRules()
          .getOffset(Instant.ofEpochSecond(epochSecond))
          .getTotalSeconds();
    }
  }
}
