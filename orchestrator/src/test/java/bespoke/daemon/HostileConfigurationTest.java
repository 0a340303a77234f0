package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.ManifestFile;
import bespoke.manifest.Problem;
import bespoke.manifest.SourceFile;
import bespoke.supervisor.config.ConfigurationReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What no supervisord.conf may lead to: an exception, a file that is opened, a problem without a
/// place.
@Timeout(60)
class HostileConfigurationTest {

  private static final int ROUNDS = Integer.getInteger("bespoke.fuzz.rounds", 400);
  private static final long SEED = Long.getLong("bespoke.seed", 20261126);

  private static final String SAMPLE =
      """
      ; a configuration with a little of everything
      [unix_http_server]
      file=/tmp/supervisor.sock   ; the path
      chmod=0700
      [inet_http_server]
      port=127.0.0.1:9001
      username=user
      password={SHA}82ab876d1387bfafe46cc1c8a2ef074eae50cb1d
      [supervisord]
      logfile=/tmp/supervisord.log
      environment=KEY="value, x",%(ENV_HOME)s=1
      [rpcinterface:supervisor]
      supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
      [include]
      files = relative/directory/*.ini
        ../../etc/passwd /etc/*.conf
      [program:theprogramname]
      command=/bin/cat --x "%(program_name)s" 'a b' %(process_num)02d
      process_name=%(program_name)s_%(process_num)d
      numprocs=2
      directory=/tmp
      umask=022
      priority=999
      exitcodes=0,2
      startretries=3
      stopsignal=QUIT
      user=root
      environment=A="1",B="%%2"
      [program:b]
      command=/bin/true
      autorestart=false
      [eventlistener:l]
      command=/bin/eventlistener
      events=EVENT
      [fcgi-program:f]
      command=/bin/f
      socket=unix:///tmp/f.sock
      [group:g]
      programs=theprogramname,b
      priority=5
      """;

  private static final List<String> PIECES =
      List.of(
          "[",
          "]",
          "=",
          ":",
          ";",
          "%(",
          "%(here)s",
          ")s",
          "%",
          "\"",
          "'",
          "\\",
          "\n",
          "\n  ",
          "\r\n",
          "\0",
          "\uFEFF",
          "[program:../../x]",
          "[program:]",
          "[group:g]\nprograms=g\n",
          "numprocs=99999999\n",
          "priority=-1\n",
          "stopsignal=99\n",
          "exitcodes=-1,256,x\n",
          "files=*\n",
          "command=\n",
          "user=nobody-here\n",
          "é",
          "🙂",
          "a".repeat(5000));

  private static ManifestFile read(byte[] bytes) {
    return new SupervisordPrograms().read(List.of(new SourceFile("x.conf", bytes))).getFirst();
  }

  private static ManifestFile read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theSampleConverts() {
    ManifestFile file = read(SAMPLE.replace("%(ENV_HOME)s=1", "HERE=\"%(ENV_HOME)s\""));
    assertThat(file.problems()).isEmpty();
    assertThat(file.notes())
        .anyMatch(note -> note.line() == 11 && note.construct().equals("%(ENV_HOME)s"));
  }

  @Test
  void aVariableOfTheServerIsUnknownThoughAProgramSetsOneOfThatName() {
    ManifestFile file =
        read(
            """
            [supervisord]
            environment=LANG="C"
            [program:web]
            command=/bin/web %(ENV_LANG)s
            environment=PATH="/venv/bin:%(ENV_PATH)s",PYTHONPATH="/srv"
            """);
    assertThat(file.problems()).isEmpty();
    assertThat(file.services()).hasSize(1);
    assertThat(file.notes())
        .extracting(note -> note.construct())
        .contains("%(ENV_PATH)s")
        .doesNotContain("%(ENV_LANG)s");
  }

  @Test
  void theServersOwnVariablesMayBuildOnThoseThatItGot() {
    ManifestFile file =
        read(
            """
            [supervisord]
            environment=PYTHONPATH="/srv:%(ENV_PYTHONPATH)s",PATH="/srv/bin:%(ENV_PATH)s"
            [program:web]
            command=/bin/web %(ENV_PYTHONPATH)s %(host_node_name)s
            """);
    assertThat(file.problems()).isEmpty();
    String groups = file.services().getFirst().instances().getFirst().toString();
    assertThat(groups)
        .contains(
            "PYTHONPATH=/srv:",
            "PATH=/srv/bin:/usr/local/sbin:",
            "/bin/web /srv: " + ConfigurationReader.hostName());
    assertThat(file.notes())
        .extracting(note -> note.fidelity().word() + " " + note.construct())
        .contains("dropped %(ENV_PYTHONPATH)s", "approximated %(ENV_PATH)s");
  }

  @Test
  void aGroupIsToldByTheNamesOfItsPrograms() {
    ManifestFile file =
        read(
            """
            [supervisord]
            [program:a]
            command=/bin/a
            [program:b.x]
            command=/bin/b
            [group:both]
            programs=a,b.x
            """);
    assertThat(file.notes()).anyMatch(it -> it.text().endsWith("svcadm restart site/a site/b_x"));
  }

  @Test
  void whateverIsChangedInItIsReadOrRefusedAtItsPlace() {
    Random random = new Random(SEED);
    byte[] whole = SAMPLE.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder text = new StringBuilder(new String(whole, StandardCharsets.ISO_8859_1));
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(text.length());
        int length = Math.min(random.nextInt(30), text.length() - at);
        text.replace(at, at + length, PIECES.get(random.nextInt(PIECES.size())));
      }
      ManifestFile file = read(text.toString().getBytes(StandardCharsets.UTF_8));
      assertThat(file.problems().isEmpty() || file.services().isEmpty())
          .as("seed %d, round %d:%n%s", SEED, round, text)
          .isTrue();
      for (Problem problem : file.problems()) {
        assertThat(problem.file()).isEqualTo("x.conf");
        assertThat(problem.line()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[program:../../etc]\ncommand=x\n",
        "[program:a b]\ncommand=x\n",
        "[program:x]\ncommand=x\nprocess_name=%(process_num)s/../y\n",
        "[program:x]\ncommand=%(ENV_NOBODY)s\n",
        "[program:x]\ncommand=x\nnumprocs=1000000000\nprocess_name=%(process_num)d\n",
        "[program:x]\ncommand=x\nnumprocs=0\n",
        "[program:x]\ncommand=\"unclosed\n",
        "[program:x]\n",
        "[group:g]\nprograms=nobody\n",
        "[program:\u0007]\ncommand=x\n",
        "[program:x]\ncommand=x\ndirectory=/a\0b\n",
        "[program:x]\ncommand=x\nstdout_logfile=\0\n"
      })
  void oddNamesAndNumbersEndInServicesOrProblems(String text) {
    ManifestFile file = read("[supervisord]\n" + text);
    assertThat(file.problems().isEmpty() || file.services().isEmpty()).isTrue();
    file.services()
        .forEach(service -> assertThat(service.fmri().service()).doesNotContain("..", " "));
  }

  @Test
  void oneMillionOptionsAndOtherEncodingsAreBounded() {
    assertThat(read("[supervisord]\n" + "k=v\n".repeat(1_000_000)).services()).isEmpty();
    assertThat(read("[program:x]\n" + " y\n".repeat(200_000))).isNotNull();
    assertThat(read("[supervisord]\n[program:x]\ncommand=x\n".getBytes(StandardCharsets.UTF_16)))
        .isNotNull();
    assertThat(read(new byte[] {(byte) 0xff, (byte) 0xfe, 0, '[', (byte) 0xc3})).isNotNull();
  }

  @Test
  void nothingOutsideOfTheDirectoryIsIncluded() {
    String text = "[supervisord]\n[include]\nfiles=../out.conf /etc/*.conf below/*.conf\n";
    byte[] program = "[program:x]\ncommand=x %(here)s\n".getBytes(StandardCharsets.UTF_8);
    List<ManifestFile> read =
        new SupervisordPrograms()
            .read(
                List.of(
                    new SourceFile("/s/m/x.conf", text.getBytes(StandardCharsets.UTF_8)),
                    new SourceFile("/s/out.conf", program, "", true),
                    new SourceFile("/etc/y.conf", program, "", true)));
    assertThat(read.getFirst().services()).isEmpty();
    List<ManifestFile> below =
        new SupervisordPrograms()
            .read(
                List.of(
                    new SourceFile("/s/m/x.conf", text.getBytes(StandardCharsets.UTF_8)),
                    new SourceFile("/s/m/below/a.conf", program, "", true)));
    assertThat(below.getFirst().services()).hasSize(1);
    assertThat(below.getFirst().services().getFirst().instances()).hasSize(1);
    assertThat(below.getFirst().notes())
        .anyMatch(note -> note.file().equals("/s/m/below/a.conf") && note.line() == 2);
  }
}
