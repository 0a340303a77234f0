package bespoke.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessesTest {
  @Test
  void ourOwnProcessIsAsTheJvmKnowsIt() {
    Processes.Stat stat = Processes.stat(Processes.self()).orElseThrow();
    assertThat(stat.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(stat.parent())
        .isEqualTo(ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L));
    assertThat(stat.startTime()).isPositive();
    assertThat(stat.isEnded()).isFalse();
    assertThat(Processes.commandLine(Processes.self()).orElseThrow()).contains("java");
    assertThat(Processes.all().anyMatch(pid -> pid == Processes.self())).isTrue();
  }

  @Test
  void aCommandNameWithParenthesesAndBlanksIsReadRightly() {
    String text = "42 (a) b (c) S 1 2 3 0 -1 4 5 6 7 8 9 10 11 12 20 0 1 0 777 1 1\n";
    assertThat(Processes.parse(42, text))
        .contains(new Processes.Stat(42, "a) b (c", 'S', 1, 2, 3, 777));
  }

  @Test
  void aProcessThatIsGoneGivesNothing() {
    assertThat(Processes.stat(Integer.MAX_VALUE)).isEmpty();
    assertThat(Processes.commandLine(Integer.MAX_VALUE)).isEmpty();
    assertThat(Processes.variable(Integer.MAX_VALUE, "PATH")).isEmpty();
    assertThat(Processes.cgroup(Integer.MAX_VALUE)).isEmpty();
    assertThat(Processes.parse(1, "rubbish")).isEmpty();
  }

  @Test
  void theEnvironmentOfAProcessIsRead() {
    String path = System.getenv("PATH");
    assertThat(Processes.variable(Processes.self(), "PATH").orElse(null)).isEqualTo(path);
    assertThat(Processes.variable(Processes.self(), "NO_SUCH_VARIABLE")).isEmpty();
  }

  @Test
  void theBootHasAName() {
    assertThat(Processes.bootId()).matches("[0-9a-f-]{36}").isEqualTo(Processes.bootId());
  }
}
