package bespoke.repository;

import bespoke.model.InstanceFmri;
import bespoke.model.RuntimeState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What survives the death of the daemon but not a reboot: states, contract ids, overrides,
/// counters (smf.md 2.4, 2.6).
///
/// One append-only file, never forced to disk: the kernel keeps what was written when the process
/// dies. It names the boot (`/proc/sys/kernel/random/boot_id`) and is ignored in another one; it
/// names its directory (device and inode), and is ignored in a copy: two daemons must not look
/// after the same processes. Changes gather in memory until [#flush], one write(2) for all; the
/// daemon flushes each batch before it hands decisions out. When the file is mostly history it is
/// rewritten.
///
/// All methods may be called from any thread; reads see what was put, flushed or not.
public final class VolatileStore implements AutoCloseable {

  private static final String MAGIC = "bespoke volatile 2\n";

  /// Version 1 did not say in which directory it was written.
  private static final String MAGIC_1 = "bespoke volatile 1\n";

  private static final int COMPACT_MIN_BYTES = 1 << 20;
  private static final int COMPACT_FACTOR = 4;

  /// A file that is whole and not larger is written on by the next daemon, which has more urgent
  /// things to do than to rewrite it (20 ms of its start with 1,000 services).
  private static final int CONTINUED_MAX_BYTES = 2 << 20;

  private final Path file;
  private final String bootId;
  private final String place;
  private final Map<InstanceFmri, VolatileInstance> instances = new LinkedHashMap<>();
  private final Map<InstanceFmri, EnabledOverride> overrides = new LinkedHashMap<>();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final RecordWriter record = new RecordWriter(512);
  private final RecordWriter pending = new RecordWriter(8192);
  private FileChannel channel;
  private long sizeBytes;
  private long sizeBytesAtCompaction;
  private int damaged;
  private boolean kept;
  private boolean copied;

  private VolatileStore(Path file, String bootId, String place, FileChannel channel) {
    this.place = place;
    this.file = file;
    this.bootId = bootId;
    this.channel = channel;
  }

  /// Opens the store, or makes it.
  ///
  /// @param directory `run` under the root; made with mode 0700 if it does not exist
  /// @param bootId of the running kernel; a store of another boot counts as empty
  /// @throws RepositoryException if the directory cannot be used
  public static VolatileStore open(Path directory, String bootId) throws RepositoryException {
    Path file = directory.resolve("volatile");
    try {
      PrivateFiles.createDirectory(directory);
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              PrivateFiles.FILE);
      VolatileStore store = new VolatileStore(file, bootId, place(directory), channel);
      byte[] bytes = Files.readAllBytes(file);
      if (store.load(bytes) && bytes.length <= CONTINUED_MAX_BYTES) {
        store.sizeBytes = bytes.length;
        store.sizeBytesAtCompaction = bytes.length;
      } else {
        store.compact();
      }
      return store;
    } catch (IOException e) {
      throw new RepositoryException(
          "cannot use " + file + ": " + PrivateFiles.reason(e) + "; make it writable", e);
    }
  }

  /// Whether the store holds what an earlier daemon of this boot wrote, so that there may be
  /// processes to adopt.
  public boolean isOfThisBoot() {
    return kept;
  }

  /// Whether the store is a copy of one that was written in this boot elsewhere: what that one says
  /// is running belongs to another daemon.
  public boolean isCopied() {
    return copied;
  }

  private static String place(Path directory) throws IOException {
    return Files.getAttribute(directory, "unix:dev")
        + " "
        + Files.getAttribute(directory, "unix:ino");
  }

  /// Records that could not be read: what they said about their instances is lost.
  public int damagedRecords() {
    return damaged;
  }

  /// All instances, in the order in which they were first put.
  public synchronized Map<InstanceFmri, VolatileInstance> instances() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(instances));
  }

  /// One instance.
  public synchronized Optional<VolatileInstance> instance(InstanceFmri instance) {
    return Optional.ofNullable(instances.get(instance));
  }

  /// Remembers an instance's state.
  ///
  /// @param cause id of the event that led to it
  public synchronized void put(InstanceFmri instance, RuntimeState state, long cause) {
    VolatileInstance value = new VolatileInstance(state, cause);
    instances.put(instance, value);
    writeRuntime(instance, value);
  }

  /// Forgets an instance: state and override.
  public synchronized void remove(InstanceFmri instance) {
    boolean known = instances.remove(instance) != null;
    known |= overrides.remove(instance) != null;
    if (known) {
      begin(VolatileCodec.FORGOTTEN);
      RuntimeCodec.fmri(record, instance);
      append();
    }
  }

  /// All overrides.
  public synchronized Map<InstanceFmri, EnabledOverride> overrides() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
  }

  /// The temporary setting of an instance.
  public synchronized Optional<EnabledOverride> override(InstanceFmri instance) {
    return Optional.ofNullable(overrides.get(instance));
  }

  /// Sets or, when empty, deletes the temporary setting of an instance.
  public synchronized void putOverride(InstanceFmri instance, Optional<EnabledOverride> override) {
    if (override.isPresent()) {
      overrides.put(instance, override.get());
      writeOverride(instance, override.get());
    } else if (overrides.remove(instance) != null) {
      begin(VolatileCodec.NO_OVERRIDE);
      RuntimeCodec.fmri(record, instance);
      append();
    }
  }

  /// All facts.
  public synchronized Map<String, String> facts() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /// A fact by its name: the milestone, a counter, where a contract's processes are.
  public synchronized Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  /// A fact that is a number; 0 if it was never put.
  public synchronized long counter(String name) {
    try {
      return Long.parseLong(facts.getOrDefault(name, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// Remembers a number; see [#counter].
  public void putCounter(String name, long value) {
    putFact(name, Long.toString(value));
  }

  /// Remembers a fact.
  public synchronized void putFact(String name, String value) {
    facts.put(name, value);
    writeFact(name, value);
  }

  /// Forgets a fact.
  public synchronized void removeFact(String name) {
    if (facts.remove(name) != null) {
      begin(VolatileCodec.NO_FACT);
      record.text(name);
      append();
    }
  }

  /// Hands everything that was put to the kernel: from here on it survives the death of this
  /// process.
  ///
  /// @throws RepositoryException if it cannot be written (no space); it stays pending and is tried
  ///   again by the next flush
  public synchronized void flush() throws RepositoryException {
    if (pending.size() == 0) {
      return;
    }
    try {
      write(channel, pending, sizeBytes);
      sizeBytes += pending.size();
      pending.reset();
      if (sizeBytes > Math.max(COMPACT_MIN_BYTES, COMPACT_FACTOR * sizeBytesAtCompaction)) {
        compactIfPossible();
      }
    } catch (IOException e) {
      throw new RepositoryException(
          "cannot write " + file + ": " + PrivateFiles.reason(e) + "; make room", e);
    }
  }

  @Override
  public synchronized void close() throws RepositoryException {
    flush();
    try {
      channel.close();
    } catch (IOException e) {
      throw new RepositoryException("cannot close " + file + ": " + e.getMessage(), e);
    }
  }

  /// Reads what an earlier daemon wrote.
  ///
  /// @return whether all of it could be read, in the present version
  private boolean load(byte[] bytes) {
    byte[] here = header();
    byte[] boot = bytes(MAGIC + bootId + "\n");
    byte[] first = bytes(MAGIC_1 + bootId + "\n");
    boolean later = begins(bytes, here);
    kept = later || begins(bytes, first);
    copied = !kept && begins(bytes, boot);
    if (!kept) {
      return false;
    }
    int at = later ? here.length : first.length;
    while (true) {
      at = Frames.scan(bytes, at, bytes.length, this::read);
      int next = Frames.afterDamaged(bytes, at, bytes.length);
      if (next < 0) {
        return later && damaged == 0 && at == bytes.length;
      }
      damaged++;
      at = next;
    }
  }

  private boolean read(byte[] bytes, int from, int length) {
    try {
      apply(new RecordReader(bytes, from, length, null));
    } catch (MalformedRecordException e) {
      damaged++; // of a later version; the others may be good
    }
    return true;
  }

  private void apply(RecordReader in) {
    int kind = in.octet();
    switch (kind) {
      case VolatileCodec.RUNTIME -> instances.put(RuntimeCodec.fmri(in), VolatileCodec.runtime(in));
      case VolatileCodec.BARE_RUNTIME ->
          instances.put(RuntimeCodec.fmri(in), VolatileCodec.bareRuntime(in));
      case VolatileCodec.FORGOTTEN -> {
        InstanceFmri instance = RuntimeCodec.fmri(in);
        instances.remove(instance);
        overrides.remove(instance);
      }
      case VolatileCodec.OVERRIDE ->
          overrides.put(RuntimeCodec.fmri(in), new EnabledOverride(in.flag(), in.text()));
      case VolatileCodec.NO_OVERRIDE -> overrides.remove(RuntimeCodec.fmri(in));
      case VolatileCodec.FACT -> facts.put(in.text(), in.text());
      case VolatileCodec.NO_FACT -> facts.remove(in.text());
      default -> throw new MalformedRecordException("a record is of kind " + kind);
    }
  }

  /// Compacts; when there is no room for that, history just grows on.
  private void compactIfPossible() {
    try {
      compact();
    } catch (IOException e) {
      sizeBytesAtCompaction = sizeBytes;
    } finally {
      pending.reset();
    }
  }

  /// Writes what is known into a new file and puts it in the place of the old one.
  private void compact() throws IOException {
    Path next = file.resolveSibling("volatile.new");
    Files.deleteIfExists(next);
    FileChannel fresh =
        FileChannel.open(
            next,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PrivateFiles.FILE);
    pending.reset();
    byte[] header = header();
    pending.raw(header, 0, header.length);
    instances.forEach(this::writeRuntime);
    overrides.forEach(this::writeOverride);
    facts.forEach(this::writeFact);
    try {
      write(fresh, pending, 0);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
    FileChannel old = channel;
    channel = fresh;
    old.close();
    sizeBytes = pending.size();
    sizeBytesAtCompaction = sizeBytes;
    pending.reset();
  }

  private byte[] header() {
    return bytes(MAGIC + bootId + "\n" + place + "\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean begins(byte[] bytes, byte[] with) {
    return bytes.length >= with.length
        && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
  }

  private void writeRuntime(InstanceFmri instance, VolatileInstance value) {
    begin(VolatileCodec.RUNTIME);
    RuntimeCodec.fmri(record, instance);
    VolatileCodec.runtime(record, value);
    append();
  }

  private void writeOverride(InstanceFmri instance, EnabledOverride override) {
    begin(VolatileCodec.OVERRIDE);
    RuntimeCodec.fmri(record, instance);
    record.flag(override.enabled()).text(override.comment());
    append();
  }

  private void writeFact(String name, String value) {
    begin(VolatileCodec.FACT);
    record.text(name).text(value);
    append();
  }

  private void begin(int kind) {
    record.reset();
    record.octet(kind);
  }

  private void append() {
    Frames.append(pending, record);
  }

  private static void write(FileChannel to, RecordWriter bytes, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.array(), 0, bytes.size());
    long at = position;
    while (buffer.hasRemaining()) {
      at += to.write(buffer, at);
    }
  }
}
