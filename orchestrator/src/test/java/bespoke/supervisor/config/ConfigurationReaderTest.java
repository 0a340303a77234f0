package bespoke.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bespoke.supervisor.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {
  @TempDir Path directory;
  private Path passwd;

  @BeforeEach
  void writeAccounts() throws IOException {
    passwd = directory.resolve("passwd");
    Files.writeString(passwd, "root:x:0:0:root:/root:/bin/sh\nweb:x:33:34:w:/srv:/bin/sh\n");
    Files.writeString(directory.resolve("group"), "adm:x:4:\n");
  }

  private Configuration read(String text) throws Exception {
    Path file = directory.resolve("c.conf");
    Files.writeString(file, text);
    return new ConfigurationReader(
            Map.of("SHELL", "/bin/sh"),
            "node1",
            directory.toString(),
            new Accounts(passwd, directory.resolve("group")))
        .read(file, Map.of());
  }

  private ProcessConfig only(String program) throws Exception {
    return read("[supervisord]\n" + program).groups().getFirst().processes().getFirst();
  }

  @Test
  void aProgramHasTheDocumentedDefaults() throws Exception {
    ProcessConfig cat = only("[program:cat]\ncommand=/bin/cat\n");

    assertThat(cat.name()).isEqualTo("cat");
    assertThat(cat.priority()).isEqualTo(999);
    assertThat(cat.start())
        .isEqualTo(new StartPolicy(true, Autorestart.UNEXPECTED, 1, 3, List.of(0), 0, 0, 0, 600));
    assertThat(cat.stop()).isEqualTo(new StopPolicy(SignalNumber.TERM, 10, false, false));
    assertThat(cat.stdout().maxBytes()).isEqualTo(50 << 20);
    assertThat(cat.stdout().destination()).isEqualTo(new LogDestination.Auto());
  }

  @Test
  void everyProcessOfAProgramGetsItsNumber() throws Exception {
    Configuration configuration =
        read(
            """
            [supervisord]
            [program:w]
            command = /bin/sh -c "%(process_num)d of %(numprocs)d in %(ENV_DC)s on %(host_node_name)s"
            environment = DC="d%(process_num)s"
            process_name = %(program_name)s_%(process_num)02d
            numprocs = 2
            numprocs_start = 1
            """);

    assertThat(configuration.groups().getFirst().processes())
        .extracting(ProcessConfig::name, ProcessConfig::command)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("w_01", "/bin/sh -c \"1 of 2 in d1 on node1\""),
            org.assertj.core.groups.Tuple.tuple("w_02", "/bin/sh -c \"2 of 2 in d2 on node1\""));
  }

  @Test
  void aGroupTakesItsProgramsAwayFromTheirOwnGroups() throws Exception {
    Configuration configuration =
        read(
            """
            [supervisord]
            [program:a]
            command=a
            [program:b]
            command=b
            [group:g]
            programs=a, b
            """);

    assertThat(configuration.groups()).extracting(GroupConfig::name).containsExactly("g");
    assertThat(configuration.groups().getFirst().processes()).hasSize(2);
  }

  @Test
  void theSameFileReadTwiceIsEqualAndAnyChangeIsNot() throws Exception {
    String text = "[supervisord]\n[program:a]\ncommand=a\n";
    Configuration first = read(text);

    assertThat(read("; comment\n" + text).groups()).isEqualTo(first.groups());
    assertThat(read(text + "stdout_logfile=NONE\n").groups()).isNotEqualTo(first.groups());
  }

  @Test
  void anIncludedFileHasItsOwnDirectoryAsHere() throws Exception {
    Files.createDirectory(directory.resolve("conf.d"));
    Files.writeString(directory.resolve("conf.d/x.conf"), "[program:x]\ncommand=%(here)s/run\n");

    Configuration configuration = read("[supervisord]\n[include]\nfiles = conf.d/*.conf none/*\n");

    assertThat(configuration.groups().getFirst().processes().getFirst().command())
        .isEqualTo(directory.resolve("conf.d") + "/run");
    assertThat(configuration.warnings()).anyMatch(text -> text.contains("none/*"));
  }

  @Test
  void anEventListenerIsAPool() throws Exception {
    GroupConfig group =
        read("[supervisord]\n[eventlistener:l]\ncommand=l\nevents=tick_5,PROCESS_STATE\n")
            .groups()
            .getFirst();

    assertThat(group.priority()).isEqualTo(-1);
    assertThat(group.kind())
        .isInstanceOfSatisfying(
            GroupKind.Pool.class,
            pool ->
                assertThat(pool.events())
                    .containsExactlyInAnyOrder(EventType.TICK_5, EventType.PROCESS_STATE));
  }

  @Test
  void aHandlerThatNobodyHasIsRefused() throws Exception {
    String listener = "[supervisord]\n[eventlistener:l]\ncommand=l\nevents=EVENT\nresult_handler=";

    assertThat(read(listener + "supervisor.dispatchers:default_handler\n").groups()).hasSize(1);
    assertThatThrownBy(() -> read(listener + "shop.events:handle\n"))
        .hasMessageContaining("shop.events:handle cannot be resolved within [eventlistener:l]")
        .hasMessageContaining("remove result_handler");
  }

  @Test
  void pluginsOfTheClientAreRemarked() throws Exception {
    assertThat(read("[supervisord]\n[ctlplugin:cache]\nsupervisor.ctl_factory=c:f\n").warnings())
        .anyMatch(warning -> warning.contains("[ctlplugin:cache]"));
  }

  @Test
  void anIncludedFileThatOthersCanWriteIsRemarkedByRootsServer() throws Exception {
    Path included = Files.writeString(directory.resolve("more.ini"), "[program:a]\ncommand=a\n");
    Files.setPosixFilePermissions(included, PosixFilePermissions.fromString("rw-rw-r--"));
    Configuration configuration = read("[supervisord]\n[include]\nfiles=*.ini\n");

    boolean isRoot = Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid"));
    assertThat(
            configuration.warnings().stream()
                .anyMatch(warning -> warning.contains("can be written by others than root")))
        .isEqualTo(isRoot);
  }

  @Test
  void theMistakesOfAllSectionsAreReportedAtOnce() {
    assertThatThrownBy(() ->
            read(
                """
                [supervisord]
                [program:a]
                command=a
                startsecs=x
                [program:b]
                command=b
                autostart=maybe
                """))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(2)
                    .allMatch(problem -> problem.contains("in section 'program:")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[program:a]\\ncommand=a\\n startsecs=1\\nstartsecs=x|c.conf:5:1: ",
        "[program:a]\\ncommand=%(b)s|c.conf:3:1: ",
        "[program:a]\\n\\ncommand=a\\nnumprocs=2|c.conf:2:1: ",
        "umask=9|c.conf:2:1: ",
        "  [program:a]\\n  startsecs|c.conf:3:3: ",
        "loglevel=loud|c.conf:2:1: "
      })
  void aMistakeBeginsWithItsPlace(String lines, String place) {
    assertThatThrownBy(() -> read("[supervisord]\n" + lines.replace("\\n", "\n") + "\n"))
        .isInstanceOfSatisfying(
            ConfigurationException.class, e -> assertThat(e.problems().getFirst()).contains(place));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "environment=A=1 B=2|Unexpected end",
        "environment=A=\"1|No closing quotation",
        "autorestart=sometimes|sometimes",
        "exitcodes=0,256|256",
        "stopsignal=NOPE|NOPE",
        "stdout_logfile=/no/such/dir/x|/no/such/dir",
        "stdout_logfile_maxbytes=1.5MB|1.5MB",
        "user=ghost|ghost",
        "umask=9|9",
        "numprocs=2|process_num",
        "process_name=a/b|a/b",
        "limits=nofiles=1|nofiles",
        "nice=50|50",
      })
  void aWrongOptionIsNamed(String line, String named) {
    assertThatThrownBy(() -> only("[program:x]\ncommand=/bin/cat\n" + line + "\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(named)
        .hasMessageContaining("program:x");
  }

  @ParameterizedTest
  @CsvSource({"9001,'',9001", "*:80,'',80", "127.0.0.1:1,127.0.0.1,1"})
  void addressesAreReadInEveryForm(String text, String host, int port) throws Exception {
    Configuration configuration = read("[supervisord]\n[inet_http_server]\nport=" + text + "\n");

    assertThat(configuration.httpServers().getFirst().address())
        .isEqualTo(new SocketAddressConfig.Inet(host, port));
  }

  @Test
  void commandsAreSplitLikeAShellDoes() throws Exception {
    assertThat(ShellWords.split("a \"b \\\" c\" 'd\\' e\\ f \"\""))
        .containsExactly("a", "b \" c", "d\\", "e f", "");
    assertThatThrownBy(() -> ShellWords.split("a \"b")).hasMessage("No closing quotation");
  }

  @Test
  void theCommandLineIsReadLikeGetopt() throws Exception {
    ServerOptions options =
        ServerOptions.parse(List.of("-nc", "f.conf", "--loglevel=debug", "--umask", "027"));

    assertThat(options.configuration()).isEqualTo("f.conf");
    assertThat(options.values())
        .containsEntry("nodaemon", "true")
        .containsEntry("loglevel", "debug")
        .containsEntry("umask", "027");
    assertThatThrownBy(() -> ServerOptions.parse(List.of("-l", "a", "--logfile", "b")))
        .hasMessageContaining("conflicting");
    assertThatThrownBy(() -> ServerOptions.parse(List.of("start")))
        .hasMessageContaining("positional");
  }
}
