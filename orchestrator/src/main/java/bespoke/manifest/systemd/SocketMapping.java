package bespoke.manifest.systemd;

import bespoke.manifest.GroupDraft;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    List<String> addresses = new ArrayList<>();
    listen("ListenStream", "tcp://", addresses);
    listen("ListenDatagram", "udp://", addresses);
    for (String key :
        List.of(
            "ListenSequentialPacket",
            "ListenFIFO",
            "ListenSpecial",
            "ListenNetlink",
            "ListenMessageQueue",
            "ListenUSBFunction")) {
      unit.all(SOCKET, key)
          .forEach(it ->
              report.dropped(
                  it, "listens on streams and datagrams of IP, and streams of the file system"));
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
    if (unit.last(SOCKET, "SocketMode").isEmpty() && addresses.toString().contains("unix:")) {
      draft.text(Delegated.SOCKET, "socket_mode", "0666", unit.at()); // systemd's default
    }
    text("SocketMode", "socket_mode", "0?[0-7]{3}");
    text("SocketUser", "socket_user", "[A-Za-z0-9_][A-Za-z0-9_.-]*");
    text("SocketGroup", "socket_group", "[A-Za-z0-9_][A-Za-z0-9_.-]*");
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

  private void listen(String key, String scheme, List<String> addresses) {
    for (Assignment assignment : unit.all(SOCKET, key)) {
      String value = unit.specifiers().expand(assignment.value()).orElse("");
      Optional<String> address = address(value, scheme);
      if (address.isPresent()) {
        addresses.add(address.get());
        report.exact(assignment, address.get());
      } else {
        report.dropped(
            assignment, "listens on streams and datagrams of IP, and streams of the file system");
      }
    }
  }

  private static Optional<String> address(String value, String scheme) {
    boolean isPath = value.startsWith("/") && !List.of(value.split("/")).contains("..");
    if (isPath) {
      return scheme.equals("tcp://") ? Optional.of("unix:" + value) : Optional.empty();
    }
    if (value.matches("[0-9]{1,5}")) {
      return Optional.of(scheme + "*:" + value);
    }
    return value.matches("([0-9.]{7,15}|\\[[0-9a-fA-F:.]{2,45}\\]):[0-9]{1,5}")
        ? Optional.of(scheme + value)
        : Optional.empty();
  }
}
