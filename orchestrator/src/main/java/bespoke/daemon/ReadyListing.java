package bespoke.daemon;

import bespoke.api.listing.LocalZone;
import bespoke.api.listing.PlainTable;
import bespoke.api.listing.Times;
import bespoke.control.PlainListing;
import bespoke.engine.Engine;
import bespoke.model.InstanceStatus;
import bespoke.os.Poller;
import bespoke.os.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Keeps the plain table of `svcs` in `run/listing`, so that the launcher can print it without a
/// JVM.
///
/// **Never old.** The engine thread unlinks the files as soon as the engine has handled anything
/// that could change the table, before the change is stored, carried out or told ([#changing]); and
/// only the engine thread puts them there, when nothing was handled since their text was made. So a
/// file that is linked while this process lives tells what the engine knows. The launcher opens a
/// file, sees that it is linked, and then that this process lives: the first line says which
/// process, by pid, start time and boot.
///
/// **Never wrong.** What the text depends on besides can be checked by the launcher: the time zone
/// file stands in the first line, and the modification time is the moment when a time of day would
/// become a date. The directory's is when the files were put there: before that moment (a clock
/// that was set back) they say nothing.
///
/// **Cheap.** Made only when somebody has asked for the table within [#WANTED], and only when
/// nothing has moved for [#QUIET].
final class ReadyListing implements AutoCloseable {
  /// The first word; another whenever the first line or the table gets another form.
  static final String FORM = "bespoke-listing-1";

  private static final Duration QUIET = Duration.ofMillis(50);
  private static final Duration WANTED = Duration.ofMinutes(1);
  private static final Duration LIFE_MAX = Duration.ofMinutes(10);
  private static final Duration LIFE_MIN = Duration.ofSeconds(1);
  private static final long PATIENCE_SECONDS = 10;
  private static final Path LOCAL_TIME = Path.of("/etc/localtime");

  private final Path directory;
  private final EngineLoop.Clock clock;
  private final Poller poller;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final String zone = zone();
  private final boolean canTellTime;
  private volatile long wantedUntilNanos;
  private volatile long madeNanos;
  private volatile long version;
  private volatile boolean isThere;
  private volatile boolean isClosed;
  private volatile @Nullable EngineLoop loop;

  /// Takes away what an earlier daemon left.
  ///
  /// @param directory of the files; nobody else writes there
  /// @param zoneVariable the daemon's own `TZ`: with one, the JDK cannot tell the time of those who
  ///   have none, and nothing is kept ready
  ReadyListing(Path directory, EngineLoop.Clock clock, Poller poller, String zoneVariable) {
    this.directory = directory;
    this.clock = clock;
    this.poller = poller;
    this.canTellTime = zoneVariable.isEmpty();
    this.wantedUntilNanos = clock.nanos();
    remove();
  }

  /// From now on the table can be made.
  void begin(EngineLoop newLoop) {
    loop = newLoop;
  }

  private Path plain() {
    return directory.resolve("plain");
  }

  private Path colour() {
    return directory.resolve("colour");
  }

  /// Something is about to change; on the engine thread, before anybody can notice it.
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the engine thread writes it
  void changing() {
    version++;
    if (isThere) {
      isThere = false;
      remove();
    }
    if (clock.nanos() - wantedUntilNanos < 0) {
      schedule();
    }
  }

  /// Somebody asked for the plain table, and could have had it from here; any thread.
  void asked() {
    wantedUntilNanos = clock.nanos() + WANTED.toNanos();
    if (!isThere || clock.nanos() - madeNanos > LIFE_MIN.toNanos()) {
      schedule();
    }
  }

  private void schedule() {
    if (canTellTime && !isClosed && scheduled.compareAndSet(false, true)) {
      long seen = version;
      poller.after(QUIET, () -> Thread.ofVirtual().start(() -> make(seen)));
    }
  }

  private void make(long seen) {
    scheduled.set(false);
    EngineLoop engines = loop;
    if (engines == null || isClosed) {
      return;
    }
    if (seen != version) {
      schedule();
      return;
    }
    try {
      Now now = engines.ask(this::look).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (zone.equals(zone()) && write(now)) {
        boolean isPut = engines.ask(_ -> put(now)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!isPut) {
          schedule();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // the daemon is ending; nobody misses the table
    }
  }

  private record Now(long version, List<InstanceStatus> statuses) {}

  private Now look(Engine engine) {
    return new Now(version, List.copyOf(engine.statuses()));
  }

  private static Path draft(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private boolean write(Now now) {
    var records = PlainListing.of(now.statuses());
    long millis = clock.epochMillis();
    Times times = new Times(LocalZone.of("", LOCAL_TIME), millis);
    long until = millis + LIFE_MAX.toMillis();
    for (var record : records) {
      until = Math.min(until, times.briefUntil(record.sinceEpochMillis()));
    }
    try {
      String first =
          String.join(
              " ",
              FORM,
              Long.toString(Processes.self()),
              Long.toString(Processes.startTime(Processes.self()).orElse(0)),
              Processes.bootId(),
              zone);
      write(draft(plain()), first, PlainTable.of(records, times, false), until);
      write(draft(colour()), first, PlainTable.of(records, times, true), until);
      return true;
    } catch (IOException full) {
      return false; // then it is asked of the daemon, as ever
    }
  }

  private static void write(Path file, String first, String table, long untilEpochMillis)
      throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    Files.write(file, (first + "\n" + table).getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(file, FileTime.fromMillis(untilEpochMillis));
  }

  /// Puts the files there unless something has moved meanwhile; on the engine thread.
  private boolean put(Now now) {
    if (now.version() != version || isClosed) {
      return false;
    }
    try {
      isThere = true;
      madeNanos = clock.nanos();
      Files.move(draft(colour()), colour(), StandardCopyOption.ATOMIC_MOVE);
      Files.move(draft(plain()), plain(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException gone) {
      remove();
    }
    return true;
  }

  private void remove() {
    for (Path file : List.of(plain(), colour())) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException stuck) {
        // Nothing may stay that is not true: what cannot be unlinked is at least made invalid.
        invalidate(file);
      }
    }
  }

  private static void invalidate(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    } catch (IOException stuck) {
      throw new IllegalStateException("cannot take back " + file, stuck);
    }
  }

  /// The file behind `/etc/localtime`, or `-`.
  private static String zone() {
    try {
      return Files.exists(LOCAL_TIME, LinkOption.NOFOLLOW_LINKS)
          ? LOCAL_TIME.toRealPath().toString()
          : "-";
    } catch (IOException unknown) {
      return "?";
    }
  }

  /// Takes the files away for good.
  @Override
  public void close() {
    isClosed = true;
    remove();
  }
}
