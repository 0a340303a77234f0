package bespoke.ondemand.inetd;

import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.ondemand.NotArmedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The property group `inetd`: where an instance listens and what it does with a connection.
///
/// @param listen at least one
/// @param accept whether each connection gets a process of its own
/// @param stdio whether the process gets the socket as standard input and output; else from
///   descriptor 3 on (sd_listen_fds(3))
/// @param names of the sockets for `LISTEN_FDNAMES`, as many as there are addresses
/// @param backlog connections that may wait (listen(2))
/// @param mode permissions of sockets in the file system
/// @param user owner of sockets in the file system; empty means ours
/// @param group group of sockets in the file system; empty means ours
/// @param copiesMax processes at a time, with `accept`
/// @param failureCount more starts than this in `failureInterval` lead to maintenance
/// @param failureInterval see there
record Settings(
    List<ListenAddress> listen,
    boolean accept,
    boolean stdio,
    List<String> names,
    int backlog,
    int mode,
    String user,
    String group,
    int copiesMax,
    int failureCount,
    Duration failureInterval) {
  static final String GROUP = "inetd";

  private static final int ADDRESSES_MAX = 64;
  private static final int SOCKET_MODE = 0600;
  private static final int BACKLOG = 4096;
  private static final int COPIES_MAX = 64;
  // as inetd(8): failrate_cnt, failrate_interval
  private static final int FAILURE_COUNT = 40;
  private static final int FAILURE_SECONDS = 60;

  Settings {
    listen = List.copyOf(listen);
    names = List.copyOf(names);
  }

  /// Reads the group.
  ///
  /// @throws NotArmedException with everything that is wrong
  static Settings of(PropertyGroups groups) throws NotArmedException {
    PropertyGroup group =
        groups
            .group(GROUP)
            .orElseThrow(() ->
                new NotArmedException("It has no property group inetd, so it listens nowhere."));
    List<String> problems = new ArrayList<>();
    List<ListenAddress> listen = new ArrayList<>();
    for (String text : group.property("listen").map(Property::values).orElse(List.of())) {
      try {
        listen.add(ListenAddress.parse(text));
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    boolean accept = group.single("accept").map(Boolean::parseBoolean).orElse(false);
    if (listen.isEmpty() && problems.isEmpty()) {
      problems.add("inetd/listen is empty, so it listens nowhere.");
    }
    if (listen.size() > ADDRESSES_MAX) {
      problems.add("inetd/listen has more than " + ADDRESSES_MAX + " addresses.");
    }
    if (accept && !listen.stream().allMatch(Settings::hasConnections)) {
      problems.add("inetd/accept is for connections at tcp:// and unix:/PATH.");
    }
    Settings settings =
        new Settings(
            listen,
            accept,
            stdio(group, accept, listen.size(), problems),
            names(group, listen.size()),
            number(group, "backlog", BACKLOG, 65_535, problems),
            mode(group, problems),
            group.single("socket_user").orElse(""),
            group.single("socket_group").orElse(""),
            number(group, "max_copies", COPIES_MAX, 100_000, problems),
            number(group, "failrate_cnt", FAILURE_COUNT, 1_000_000, problems),
            Duration.ofSeconds(
                number(group, "failrate_interval", FAILURE_SECONDS, 86_400, problems)));
    if (!problems.isEmpty()) {
      throw new NotArmedException(String.join(" ", problems));
    }
    return settings;
  }

  private static boolean hasConnections(ListenAddress address) {
    return address instanceof ListenAddress.Tcp || address instanceof ListenAddress.Unix;
  }

  private static boolean stdio(
      PropertyGroup group, boolean accept, int count, List<String> problems) {
    String word = group.single("handover").orElse(accept ? "stdio" : "listen_fds");
    switch (word) {
      case "stdio" -> {
        if (!accept && count > 1) {
          problems.add("inetd/handover stdio is for one address, not " + count + ".");
        }
        return true;
      }
      case "listen_fds" -> {
        return false;
      }
      default -> {
        problems.add("inetd/handover is stdio or listen_fds, not \"" + word + "\".");
        return false;
      }
    }
  }

  private static List<String> names(PropertyGroup group, int count) {
    List<String> given = group.property("name").map(Property::values).orElse(List.of());
    String usual = given.isEmpty() ? "unknown" : given.getFirst();
    List<String> names = new ArrayList<>(Collections.nCopies(count, usual));
    for (int i = 0; i < Math.min(count, given.size()); i++) {
      names.set(i, given.get(i));
    }
    return names;
  }

  private static int mode(PropertyGroup group, List<String> problems) {
    Optional<String> text = group.single("socket_mode");
    if (text.isPresent() && !text.get().matches("0?[0-7]{3}")) {
      problems.add("inetd/socket_mode is octal such as 0660, not \"" + text.get() + "\".");
      return SOCKET_MODE;
    }
    return text.map(octal -> Integer.parseInt(octal, 8)).orElse(SOCKET_MODE);
  }

  private static int number(
      PropertyGroup group, String name, int absent, int max, List<String> problems) {
    Optional<String> text = group.single(name);
    if (text.isEmpty()) {
      return absent;
    }
    if (!text.get().matches("[0-9]{1,9}")
        || Integer.parseInt(text.get()) < 1
        || Integer.parseInt(text.get()) > max) {
      problems.add(
          "inetd/" + name + " is a number from 1 to " + max + ", not \"" + text.get() + "\".");
      return absent;
    }
    return Integer.parseInt(text.get());
  }
}
