package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.contract.ContractsOpening;
import bespoke.model.MethodOutcome;
import bespoke.os.Processes;
import bespoke.restarter.RealWorldFixture.StartedMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a method's process is born with, read back from inside it (smf_method(7)).
class ContextsTest {

  @TempDir Path root;

  private RealWorldFixture world;

  @BeforeEach
  void open() {
    world = new RealWorldFixture(root, ContractsOpening.Choice.BEST);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static void assumeRoot() {
    assumeTrue(Processes.uid(Processes.self()).orElse(-1) == 0, "only root can change users");
  }

  @Test
  void aUserBringsItsGroupsAndItsHome() {
    assumeRoot();
    assertThat(
            world.output(
                "/bin/sh -c 'id -un; id -gn; id -Gn; pwd'",
                new Definitions.Context().user("daemon").build()))
        .isEqualTo("daemon\ndaemon\ndaemon\n" + Homes.of("daemon").orElseThrow());
  }

  @Test
  void groupsAreAsGiven() {
    assumeRoot();
    assertThat(
            world.output(
                "/bin/sh -c 'id -u; id -g; id -G'",
                new Definitions.Context()
                    .user("65534")
                    .group("daemon")
                    .supplementaryGroups("adm", "24")
                    .directory("/")
                    .build()))
        .isEqualTo("65534\n1\n1 4 24");
  }

  @Test
  void theUmaskIsTheUsualOneUnlessAnotherIsGiven() {
    assertThat(world.output("umask", new Definitions.Context().build())).isEqualTo("0022");
  }

  @Test
  void theUmaskIsSet() {
    assertThat(world.output("umask", new Definitions.Context().umask("027").build()))
        .isEqualTo("0027");
  }

  @Test
  void limitsPriorityAndScoreAreSet() {
    assumeRoot();
    assertThat(
            world.output(
                "/bin/sh -c 'ulimit -Sn; ulimit -Hn; nice; cat /proc/$$/oom_score_adj'",
                new Definitions.Context()
                    .limit("nofile", 512, 1024)
                    .nice(5)
                    .oomScoreAdjust(300)
                    .directory("/")
                    .build()))
        .isEqualTo("512\n1024\n5\n300");
  }

  @Test
  void capabilitiesAreOnlyThoseGiven() {
    assumeRoot();
    String status =
        world.output(
            "grep -E 'Cap(Bnd|Amb|Eff)|NoNewPrivs' /proc/self/status",
            new Definitions.Context()
                .user("nobody")
                .capabilities("net_bind_service")
                .noNewPrivileges()
                .directory("/")
                .build());
    assertThat(status.replaceAll("\\s+", " "))
        .isEqualTo(
            "CapEff: 0000000000000400 CapBnd: 0000000000000400 CapAmb: 0000000000000400"
                + " NoNewPrivs: 1");
  }

  @Test
  void aDirectoryThatTheUserMayNotEnterIsSaid() throws IOException {
    assumeRoot();
    Path closed = Files.createDirectory(root.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    StartedMethod started =
        world.start(
            "/bin/echo",
            new Definitions.Context().user("nobody").directory(closed.toString()).build(),
            false);
    assertThat(world.outcome(started)).isEqualTo(new MethodOutcome.Exited(96));
    assertThat(world.output()).isEqualTo("chdir: Permission denied (\"" + closed + "\")");
  }

  @Test
  void aDirectoryThatOnlyTheUserMayEnterIsEnteredAsTheUser() throws IOException {
    assumeRoot();
    Path closed = Files.createDirectory(root.resolve("closed"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    Files.setOwner(
        closed,
        closed.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("daemon"));
    assertThat(
            world.output(
                "/bin/sh -c 'pwd; echo \"$0\" \"$1\"' 'a b' c",
                new Definitions.Context().user("daemon").directory(closed.toString()).build()))
        .isEqualTo(closed + "\na b c");
  }

  @Test
  void anUnknownGroupIsSaid() {
    assumeRoot();
    StartedMethod started =
        world.start(
            "/bin/echo",
            new Definitions.Context().user("daemon").group("nosuchgroup").directory("/").build(),
            false);
    assertThat(world.outcome(started))
        .isInstanceOfSatisfying(
            MethodOutcome.NotRun.class, not -> assertThat(not.reason()).contains("nosuchgroup"));
    assertThat(world.messages()).contains("Could not interpret group property.");
  }
}
