package bespoke.supervisor.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/// The events that wait for a listener of one pool.
public final class EventPool {
  /// An event in the pool, with its numbers, which stay the same when it is sent again.
  public record Pending(Notification notification, long serial, long poolSerial) {}

  private final String name;
  private final String server;
  private final Set<EventType> subscribed;
  private final int bufferSize;
  private final boolean countsCharacters;
  private final Deque<Pending> buffer = new ArrayDeque<>();
  private long nextPoolSerial;

  /// @param server the server's identifier, for the header
  /// @param countsCharacters whether the header's `len` counts characters, not bytes
  public EventPool(
      String name,
      String server,
      Set<EventType> subscribed,
      int bufferSize,
      boolean countsCharacters) {
    this.name = name;
    this.server = server;
    this.subscribed = Set.copyOf(subscribed);
    this.bufferSize = bufferSize;
    this.countsCharacters = countsCharacters;
  }

  public boolean wants(EventType type) {
    return subscribed.stream().anyMatch(type::is);
  }

  /// Adds an event; when the buffer is full the oldest is dropped and returned.
  public Optional<Pending> add(Notification notification, long serial) {
    Optional<Pending> dropped = makeRoom();
    buffer.addLast(new Pending(notification, serial, nextPoolSerial++));
    return dropped;
  }

  /// Puts an event that was not processed before all others; the oldest other is dropped and
  /// returned when the buffer is full.
  public Optional<Pending> giveBack(Pending event) {
    Optional<Pending> dropped = makeRoom();
    buffer.addFirst(event);
    return dropped;
  }

  private Optional<Pending> makeRoom() {
    return buffer.size() >= bufferSize ? Optional.ofNullable(buffer.pollFirst()) : Optional.empty();
  }

  /// Takes the next event to be sent.
  public Optional<Pending> take() {
    return Optional.ofNullable(buffer.pollFirst());
  }

  public boolean isEmpty() {
    return buffer.isEmpty();
  }

  /// The bytes that tell a listener of an event: one header line, then the payload.
  public byte[] envelope(Pending event) {
    String payload = event.notification().payload();
    int length =
        countsCharacters
            ? payload.codePointCount(0, payload.length())
            : payload.getBytes(StandardCharsets.UTF_8).length;
    String header =
        "ver:3.0 server:"
            + server
            + " serial:"
            + event.serial()
            + " pool:"
            + name
            + " poolserial:"
            + event.poolSerial()
            + " eventname:"
            + event.notification().type().name()
            + " len:"
            + length
            + "\n";
    return (header + payload).getBytes(StandardCharsets.UTF_8);
  }
}
