package bespoke.engine;

import bespoke.model.InstanceState;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes `docs/states.md` from [TransitionTable]; run its main method with the file's path after
/// changing the table.
final class StateDiagram {
  private StateDiagram() {}

  static String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# The states of an instance\n\n");
    text.append("Made from `TransitionTable`; a test fails when the two differ.\n\n");
    text.append("```mermaid\nstateDiagram-v2\n  [*] --> uninitialized\n");
    for (TransitionTable arrow : TransitionTable.values()) {
      text.append("  ").append(arrow.from()).append(" --> ").append(arrow.to()).append('\n');
    }
    text.append("```\n\n| from | to | when | name |\n| --- | --- | --- | --- |\n");
    for (TransitionTable arrow : TransitionTable.values()) {
      text.append("| ").append(arrow.from()).append(" | ").append(arrow.to()).append(" | ");
      text.append(arrow.meaning()).append(" | `").append(arrow.name()).append("` |\n");
    }
    text.append("\n| state | meaning |\n| --- | --- |\n");
    meanings()
        .forEach((state, meaning) ->
            text.append("| `").append(state).append("` | ").append(meaning).append(" |\n"));
    return text.toString();
  }

  private static Map<InstanceState, String> meanings() {
    Map<InstanceState, String> meanings = new LinkedHashMap<>();
    meanings.put(InstanceState.UNINITIALIZED, "its restarter has not looked at it yet");
    meanings.put(InstanceState.DISABLED, "it should not run and does not");
    meanings.put(
        InstanceState.OFFLINE, "it should run, but waits for its dependencies or is starting");
    meanings.put(InstanceState.ONLINE, "it runs and is ready");
    meanings.put(InstanceState.DEGRADED, "it runs, but not well; dependents treat it as online");
    meanings.put(InstanceState.MAINTENANCE, "it cannot run until a person acts: `svcadm clear`");
    return meanings;
  }

  public static void main(String[] arguments) throws java.io.IOException {
    java.nio.file.Files.writeString(java.nio.file.Path.of(arguments[0]), markdown());
  }
}
