package bespoke.supervisor.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The payloads of the event types.
public final class EventTexts {
  private EventTexts() {}

  /// A change of a process's state; the tokens differ by the new state.
  ///
  /// @param tries failed starts in a row
  public static Notification processState(
      EventType type,
      String process,
      String group,
      String fromState,
      long pid,
      int tries,
      boolean expected) {
    String tokens = names(process, group) + " from_state:" + fromState;
    return new Notification(
        type,
        switch (type) {
          case PROCESS_STATE_STARTING, PROCESS_STATE_BACKOFF -> tokens + " tries:" + tries;
          case PROCESS_STATE_EXITED -> tokens + " expected:" + (expected ? 1 : 0) + " pid:" + pid;
          case PROCESS_STATE_RUNNING, PROCESS_STATE_STOPPING, PROCESS_STATE_STOPPED ->
              tokens + " pid:" + pid;
          default -> tokens; // FATAL and UNKNOWN: no process is concerned
        });
  }

  /// Output of a process, as read.
  public static Notification processLog(
      boolean stderr, String process, String group, long pid, byte[] data) {
    return new Notification(
        stderr ? EventType.PROCESS_LOG_STDERR : EventType.PROCESS_LOG_STDOUT,
        names(process, group)
            + " pid:"
            + pid
            + " channel:"
            + (stderr ? "stderr" : "stdout")
            + "\n"
            + text(data));
  }

  /// What a process wrote between the capture tokens.
  public static Notification processCommunication(
      boolean stderr, String process, String group, long pid, byte[] data) {
    return new Notification(
        stderr ? EventType.PROCESS_COMMUNICATION_STDERR : EventType.PROCESS_COMMUNICATION_STDOUT,
        names(process, group) + " pid:" + pid + "\n" + text(data));
  }

  public static Notification remoteCommunication(String type, String data) {
    return new Notification(EventType.REMOTE_COMMUNICATION, "type:" + type + "\n" + data);
  }

  /// @param epochSeconds rounded down to the period
  public static Notification tick(EventType type, long epochSeconds) {
    return new Notification(type, "when:" + epochSeconds);
  }

  public static Notification processGroup(EventType type, String group) {
    return new Notification(type, "groupname:" + group + "\n");
  }

  private static String names(String process, String group) {
    return "processname:" + process + " groupname:" + group;
  }

  /// The bytes as UTF-8, or a rendering after the word `Undecodable: `.
  static String text(byte[] data) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
    } catch (CharacterCodingException _) {
      return "Undecodable: " + rendered(data);
    }
  }

  private static String rendered(byte[] data) {
    var out = new StringBuilder("b'");
    for (byte b : data) {
      int c = b & 0xff;
      if (c >= 0x20 && c < 0x7f && c != '\'' && c != '\\') {
        out.append((char) c);
      } else if (c == '\n') {
        out.append("\\n");
      } else {
        out.append("\\x")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      }
    }
    return out.append('\'').toString();
  }
}
