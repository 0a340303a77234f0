package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.control.Caller;
import bespoke.control.Peer;
import bespoke.model.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizationsFileTest {
  @TempDir Path directory;
  private final List<String> complaints = new ArrayList<>();
  private Path file;
  private AuthorizationsFile grants;

  @BeforeEach
  void open() {
    file = directory.resolve("authorizations.yaml");
    grants = new AuthorizationsFile(file, complaints::add, gid -> gid == 7 ? "web-admins" : "x");
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private boolean holds(String user, int group, String authorization) {
    Peer peer = new Peer(1, 1000, group, List.of(group));
    return grants.holds(new Caller(peer, new Actor(user, 1000, -1, 1, ""), false), authorization);
  }

  @Test
  void aMissingFileGrantsNothing() {
    assertThat(holds("alice", 1, "smf.manage")).isFalse();
    assertThat(complaints).isEmpty();
  }

  @Test
  void usersAndGroupsHoldWhatTheFileSaysAndChangesCountAtOnce() throws IOException {
    write("users:\n  alice: [solaris.smf.manage]\ngroups:\n  web-admins: [site.web.*]\n");
    assertThat(holds("alice", 1, "smf.manage")).isTrue();
    assertThat(holds("bob", 7, "site.web.restart")).isTrue();
    assertThat(holds("bob", 7, "site.other")).isFalse();
    write("users:\n  bobby: [smf.manage]\n");
    assertThat(holds("alice", 1, "smf.manage")).isFalse();
  }

  @Test
  void aWrongFileGrantsNothingAndSaysWhere() throws IOException {
    write("users:\n  alice: smf.manage\n");
    assertThat(holds("alice", 1, "smf.manage")).isFalse();
    assertThat(holds("alice", 1, "smf.manage")).isFalse();
    assertThat(complaints)
        .singleElement()
        .asString()
        .contains("authorizations.yaml:2:10: cannot read it: a list of authorizations expected");
  }

  @Test
  void aFileThatOthersMayWriteGrantsNothing() throws IOException {
    write("users:\n  alice: [smf.manage]\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThat(holds("alice", 1, "smf.manage")).isFalse();
    assertThat(complaints).singleElement().asString().contains("chmod go-w");
  }
}
