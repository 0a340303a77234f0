package bespoke.cli;

import bespoke.api.ContractEventRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.NoteRecord;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.Replies;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `ctwatch`: what happens in process contracts, as it happens (smf.md 8.6).
final class Ctwatch implements Command {
  private static final int[] WIDTHS = {8, 8, 5, 4, 8};

  @Override
  public String name() {
    return "ctwatch";
  }

  @Override
  public CommandSpec model(@Nullable String subcommand) {
    CommandSpec spec =
        Models.command("ctwatch", "Shows what happens in process contracts, as it happens.");
    spec.usageMessage()
        .customSynopsis("ctwatch [-frv] [--json] [process|contract-id|FMRI|glob]...");
    spec.addOption(Models.flag("-f", "only what happens from now on (nothing else is kept)"));
    spec.addOption(
        Models.flag("-r", "also what nobody acknowledged (there is none: the daemon takes all)"));
    spec.addOption(Models.flag("-v", "more lines for each event: time, service, exit status"));
    spec.addOption(Models.flag("--json", "one JSON object a line for each event"));
    spec.addPositional(Models.operands(Models.OPERANDS, "contracts, or the services of contracts"));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) throws DaemonUnreachableException {
    List<Long> ids = new ArrayList<>();
    List<String> names = new ArrayList<>();
    boolean isAll = false;
    for (String operand : Models.operands(arguments)) {
      if (operand.equals("process")) {
        isAll = true;
      } else if (operand.matches("\\d{1,18}")) {
        ids.add(Long.valueOf(operand));
      } else {
        names.add(operand);
      }
    }
    InstanceRequest.WatchContracts request =
        isAll
            ? new InstanceRequest.WatchContracts(List.of(), List.of())
            : new InstanceRequest.WatchContracts(ids, names);
    Stream stream =
        new Stream(session, arguments.hasMatchedOption("-v"), arguments.hasMatchedOption("--json"));
    return session.finish(session.connection().call(request, stream));
  }

  /// Prints events.
  private record Stream(Session session, boolean verbose, boolean json) implements Replies {
    @Override
    public void line(String kind, JsonObject fields) {
      switch (kind) {
        case "contract-event" -> print(ContractEventRecord.from(fields));
        case "note" -> note(NoteRecord.from(fields));
        default -> {}
      }
    }

    private void note(NoteRecord note) {
      if (!note.text().equals("now")) {
        session.error(note.text());
      } else if (!json) {
        StringBuilder header = new StringBuilder();
        ContractText.row(header, WIDTHS, "CTID", "EVID", "CRIT", "ACK", "CTTYPE", "SUMMARY");
        show(header);
      }
    }

    private void print(ContractEventRecord event) {
      if (json) {
        show(JsonWriter.complete().value(event) + "\n");
        return;
      }
      StringBuilder out = new StringBuilder();
      ContractText.row(
          out,
          WIDTHS,
          Long.toString(event.contract()),
          Long.toString(event.event()),
          event.critical() ? "crit" : "info",
          event.critical() ? "no" : "yes",
          "process",
          summary(event));
      if (verbose) {
        ContractText.detail(out, "time:", session.console().times().full(event.atEpochMillis()));
        ContractText.detail(
            out, "service fmri:", event.fmri().isEmpty() ? "not known" : event.fmri());
        if (event.type().equals("exit")) {
          ContractText.detail(out, "exit status:", Integer.toString(event.status()));
        }
      }
      show(out);
    }

    private void show(CharSequence text) {
      session.print(text);
      session.console().out().flush();
    }

    private static String summary(ContractEventRecord event) {
      String process = "pid " + event.pid();
      return switch (event.type()) {
        case "fork" -> process + " was created";
        case "exit" -> process + " exited";
        case "core" -> process + " dumped core";
        case "signal" -> process + " received signal " + event.status();
        case "empty" -> "contract empty";
        default -> process + " " + event.type();
      };
    }
  }
}
