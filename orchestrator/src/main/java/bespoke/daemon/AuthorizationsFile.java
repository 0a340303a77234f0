package bespoke.daemon;

import bespoke.control.Caller;
import bespoke.control.Grants;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// Who holds which authorization: `etc/authorizations.yaml` under the root.
///
///     users:
///       alice: [smf.manage]
///     groups:
///       web-admins: [site.web, site.cache.*]
///
/// Read again when it changed. A file that is missing grants nothing; so does one that is wrong, or
/// that others than its owner may write, which is complained of once for each change.
final class AuthorizationsFile implements Grants {
  private static final int SIZE_BYTES_MAX = 1 << 20;

  private final Path file;
  private final Consumer<String> complaints;
  private final LongFunction<String> groupNames;
  private @Nullable Object seen;
  private Map<String, Set<String>> users = Map.of();
  private Map<String, Set<String>> groups = Map.of();

  /// @param groupNames the name of a group, or its number
  AuthorizationsFile(Path file, Consumer<String> complaints, LongFunction<String> groupNames) {
    this.file = file;
    this.complaints = complaints;
    this.groupNames = groupNames;
  }

  @Override
  public synchronized boolean holds(Caller caller, String authorization) {
    readIfChanged();
    if (grants(users.getOrDefault(caller.actor().user(), Set.of()), authorization)) {
      return true;
    }
    for (int gid : caller.peer().groups()) {
      Set<String> held =
          groups.getOrDefault(groupNames.apply(Integer.toUnsignedLong(gid)), Set.of());
      if (grants(held, authorization)) {
        return true;
      }
    }
    return false;
  }

  /// As auth_attr(5): `site.*` grants everything that begins with `site.`.
  private static boolean grants(Set<String> held, String authorization) {
    if (held.contains(authorization)) {
      return true;
    }
    for (String one : held) {
      if (one.endsWith("*") && authorization.startsWith(one.substring(0, one.length() - 1))) {
        return true;
      }
    }
    return false;
  }

  private void readIfChanged() {
    try {
      PosixFileAttributes now = Files.readAttributes(file, PosixFileAttributes.class);
      Object look = now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
      if (look.equals(seen)) {
        return;
      }
      seen = look;
      forget();
      if (now.permissions().contains(PosixFilePermission.OTHERS_WRITE)
          || now.permissions().contains(PosixFilePermission.GROUP_WRITE)) {
        complaints.accept(
            file + " can be written by others and grants nothing; do chmod go-w on it");
        return;
      }
      read();
    } catch (NoSuchFileException missing) {
      forget();
      seen = null;
    } catch (IOException | JacksonException e) {
      forget();
      complaints.accept(message(e) + "; it grants nothing until it is mended");
    }
  }

  private String message(Exception e) {
    if (e instanceof JacksonException parsing) {
      TokenStreamLocation at = parsing.getLocation();
      return at == null
          ? file + ": cannot read it: " + parsing.getOriginalMessage()
          : problem(at, parsing.getOriginalMessage());
    }
    return e instanceof MisplacedException
        ? String.valueOf(e.getMessage())
        : file + ": cannot read it: " + e.getMessage();
  }

  private String problem(TokenStreamLocation at, String what) {
    return file + ":" + at.getLineNr() + ":" + at.getColumnNr() + ": cannot read it: " + what;
  }

  /// Something stands where something else should; the message names the place.
  private static final class MisplacedException extends IOException {
    private static final long serialVersionUID = 1;

    MisplacedException(String message) {
      super(message);
    }
  }

  private void forget() {
    users = Map.of();
    groups = Map.of();
  }

  private void read() throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(SIZE_BYTES_MAX + 1);
    }
    if (bytes.length > SIZE_BYTES_MAX) {
      throw new IOException("it is larger than " + SIZE_BYTES_MAX + " bytes");
    }
    try (JsonParser parser =
        new tools.jackson.dataformat.yaml.YAMLMapper(new YAMLFactory()).createParser(bytes)) {
      Map<String, Set<String>> readUsers = new HashMap<>();
      Map<String, Set<String>> readGroups = new HashMap<>();
      if (parser.nextToken() == null) {
        return;
      }
      expect(parser, JsonToken.START_OBJECT, "users: and groups:");
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        Map<String, Set<String>> section =
            switch (parser.currentName()) {
              case "users" -> readUsers;
              case "groups" -> readGroups;
              default ->
                  throw wrong(parser, "\"" + parser.currentName() + "\" is not users or groups");
            };
        section(parser, section);
      }
      users = readUsers;
      groups = readGroups;
    }
  }

  private void section(JsonParser parser, Map<String, Set<String>> section) throws IOException {
    parser.nextToken();
    expect(parser, JsonToken.START_OBJECT, "names with lists of authorizations");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      expect(parser, JsonToken.START_ARRAY, "a list of authorizations");
      Set<String> held = section.computeIfAbsent(name, key -> new HashSet<>());
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        expect(parser, JsonToken.VALUE_STRING, "the name of an authorization");
        String authorization = parser.getString();
        held.add(
            authorization.startsWith("solaris.")
                ? authorization.substring("solaris.".length())
                : authorization);
      }
    }
  }

  private void expect(JsonParser parser, JsonToken token, String what) throws IOException {
    if (parser.currentToken() != token) {
      throw wrong(parser, what + " expected");
    }
  }

  private MisplacedException wrong(JsonParser parser, String what) {
    return new MisplacedException(problem(parser.currentTokenLocation(), what));
  }
}
