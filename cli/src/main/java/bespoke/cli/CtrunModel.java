package bespoke.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The model of `ctrun` for its manual page and completion. The program itself reads its command
/// line by hand, since everything after the command belongs to that; a test compares the two.
final class CtrunModel {

  static final String NAME = "ctrun";

  private CtrunModel() {}

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name(NAME);
    spec.usageMessage()
        .description("Runs a command in a process contract of its own.")
        .customSynopsis(
            "ctrun [-v] [-l child|contract|none] [-o noorphan] [-i event[,event]]",
            "      [-f event[,event]] [-r count] command [argument]...")
        .exitCodeList(statuses());
    spec.addOption(
        Models.value(
            "-l",
            "child|contract|none",
            "how long to stay: until the command ends, until no process is left (contract, the"
                + " default), or not at all"));
    spec.addOption(Models.value("-o", "noorphan", "kill what is left when ctrun ends"));
    spec.addOption(
        Models.value(
            "-i",
            "event[,event]",
            "events that -v prints: core, empty, exit, fork, signal, or none (core is the"
                + " default)"));
    spec.addOption(
        Models.value(
            "-f",
            "event[,event]",
            "events that end the whole contract: core, signal, or none (the default); seen of the"
                + " command, and of processes whose parent is gone"));
    spec.addOption(
        Models.value(
            "-r",
            "count",
            "after a fatal event run the command again, so many times; 0: for ever"));
    spec.addOption(Models.flag("-v", "print the events"));
    spec.addOption(
        OptionSpec.builder("-?", "--help").arity("0").description("show this help").build());
    spec.addPositional(Models.operands("command", "what to run, and its arguments"));
    return spec;
  }

  private static Map<String, String> statuses() {
    Map<String, String> statuses = new LinkedHashMap<>();
    statuses.put("0-122", "the command's own");
    statuses.put("123", "a signal ended it");
    statuses.put("124", "ctrun failed");
    statuses.put("125", "wrong usage");
    statuses.put("126", "the command cannot be executed");
    statuses.put("127", "there is no such command");
    return statuses;
  }
}
