package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A `.socket` (systemd.socket(5)): an instance of the inetd restarter that has the methods of the
/// service which the socket starts.
final class SocketMapping {

  private static final String SOCKET = "Socket";

  private final Unit unit;
  private final Report report;
  private final GroupDraft draft;

  SocketMapping(Unit unit, Report report, GroupDraft draft) {
    this.unit = unit;
    this.report = report;
    this.draft = draft;
  }

  /// @param usesStdio whether the service reads and writes the socket as its standard streams
  /// @return whether there is anything to listen on
  boolean fill(boolean usesStdio) {
    draft.text(Delegated.SOCKET, "handover", usesStdio ? "stdio" : "listen_fds", unit.at());
    boolean isAccepting = unit.isOn(SOCKET, "Accept", false);
    Map<Integer, String> ordered = new TreeMap<>();
    listen("ListenStream", "tcp://", isAccepting, ordered);
    listen("ListenDatagram", "udp://", isAccepting, ordered);
    listen("ListenSequentialPacket", "unix-seqpacket:", isAccepting, ordered);
    listen("ListenFIFO", "fifo:", isAccepting, ordered);
    List<String> addresses = List.copyOf(ordered.values());
    for (String key :
        List.of("ListenSpecial", "ListenNetlink", "ListenMessageQueue", "ListenUSBFunction")) {
      unit.all(SOCKET, key).forEach(it -> report.dropped(it, "inetd listens at no such thing"));
    }
    draft.texts(Delegated.SOCKET, "listen", addresses, unit.at());
    draft.put(
        "general",
        PropertyGroup.FRAMEWORK,
        "restarter",
        PropertyType.FMRI,
        List.of(Delegated.INETD),
        unit.at());
    unit.last(SOCKET, "Accept")
        .ifPresent(it -> {
          draft.put(
              Delegated.SOCKET,
              PropertyGroup.FRAMEWORK,
              "accept",
              PropertyType.BOOLEAN,
              List.of(Boolean.toString(unit.isOn(SOCKET, "Accept", false))),
              it.at());
          report.exact(it, "");
        });
    if (unit.last(SOCKET, "SocketMode").isEmpty()
        && addresses.toString().matches(".*(unix|fifo).*")) {
      draft.text(Delegated.SOCKET, "socket_mode", "0666", unit.at()); // systemd's default
    }
    text("SocketMode", "socket_mode", "0?[0-7]{3}");
    text("SocketUser", "socket_user", "[A-Za-z0-9_][A-Za-z0-9_.-]*");
    text("SocketGroup", "socket_group", "[A-Za-z0-9_][A-Za-z0-9_.-]*");
    unit.last(SOCKET, "RemoveOnStop")
        .filter(_ -> !addresses.toString().contains("fifo:"))
        .ifPresent(it -> report.exact(it, "a socket goes with who listens at it"));
    text("FileDescriptorName", "name", "[!-9;-~]{1,255}");
    number("Backlog", "backlog");
    number("MaxConnections", "max_copies");
    return !addresses.isEmpty();
  }

  private void text(String key, String property, String pattern) {
    unit.last(SOCKET, key)
        .ifPresent(assignment -> {
          String value = unit.specifiers().expand(assignment.value()).orElse("");
          if (value.matches(pattern)) {
            draft.text(Delegated.SOCKET, property, value, assignment.at());
            report.exact(assignment, "");
          } else {
            report.dropped(assignment, "not a value that is known");
          }
        });
  }

  private void number(String key, String property) {
    unit.last(SOCKET, key)
        .ifPresent(assignment -> {
          if (assignment.value().matches("[1-9][0-9]{0,8}")) {
            draft.put(
                Delegated.SOCKET,
                PropertyGroup.FRAMEWORK,
                property,
                PropertyType.COUNT,
                List.of(assignment.value()),
                assignment.at());
            report.exact(assignment, "");
          } else {
            report.dropped(assignment, "not a number");
          }
        });
  }

  /// @param ordered by place in the unit, which is the order of the descriptors
  private void listen(
      String key, String scheme, boolean isAccepting, Map<Integer, String> ordered) {
    for (Assignment assignment : unit.all(SOCKET, key)) {
      String value = unit.specifiers().expand(assignment.value()).orElse("");
      Optional<String> address = address(value, scheme);
      boolean hasConnections = address.orElse("").matches("tcp:.*|unix:/.*");
      if (address.isPresent() && isAccepting && !hasConnections) {
        report.dropped(assignment, "no process for each connection: only at ports and paths");
      } else if (address.isPresent()) {
        ordered.put(unit.assignments().indexOf(assignment), address.get());
        report.exact(assignment, address.get());
      } else {
        report.dropped(assignment, "no address that inetd listens at");
      }
    }
  }

  private static Optional<String> address(String value, String scheme) {
    String local = scheme.replace("tcp://", "unix:").replace("udp://", "unix-dgram:");
    boolean isPath = value.startsWith("/") && !List.of(value.split("/")).contains("..");
    boolean isName = value.matches("@[!-~]{1,106}") && !scheme.equals("fifo:");
    if (isPath || isName) {
      return Optional.of(local + value).filter(it -> it.length() <= local.length() + 107);
    }
    if (!scheme.endsWith("//")) {
      return Optional.empty();
    }
    if (value.matches("[0-9]{1,5}")) {
      return Optional.of(scheme + "*:" + value);
    }
    return value.matches("([0-9.]{7,15}|\\[[0-9a-fA-F:.]{2,45}\\]):[0-9]{1,5}")
        ? Optional.of(scheme + value)
        : Optional.empty();
  }
}
