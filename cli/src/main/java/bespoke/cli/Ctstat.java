package bespoke.cli;

import bespoke.api.ContractRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.ProcessRecord;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `ctstat`: the process contracts (smf.md 8.6).
///
/// What Linux has no word for (zone, negotiation and its times) is shown as `-`, `0` and `global`.
final class Ctstat implements Command {
  private static final int[] WIDTHS = {8, 8, 8, 8, 8, 8, 8};

  @Override
  public String name() {
    return "ctstat";
  }

  @Override
  public CommandSpec model(@Nullable String subcommand) {
    CommandSpec spec = Models.command("ctstat", "Shows process contracts.");
    spec.usageMessage().customSynopsis("ctstat [-av] [-i id[,id]...] [-t process]");
    spec.addOption(Models.flag("-a", "dead contracts too (none are kept)"));
    spec.addOption(Models.value("-i", "id[,id]", "only these contracts"));
    spec.addOption(Models.value("-t", "type", "only contracts of this type (there is process)"));
    spec.addOption(Models.flag("-v", "members and service of each contract"));
    spec.addOption(Models.flag("--json", "one JSON document"));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) throws DaemonUnreachableException {
    String type = Models.value(arguments, "-t");
    if (!type.isEmpty() && !type.equals("process") && !type.equals("all")) {
      throw new UsageException("invalid contract type \"" + type + "\"; there is process");
    }
    Session.Answer answer =
        session.collect(
            new InstanceRequest.Contracts(ids(Models.value(arguments, "-i"))), "contract");
    List<ContractRecord> contracts = new ArrayList<>();
    for (JsonObject line : answer.lines()) {
      contracts.add(ContractRecord.from(line));
    }
    if (arguments.hasMatchedOption("--json")) {
      session.print(JsonDocuments.of("contracts", contracts));
    } else {
      session.print(table(contracts, arguments.hasMatchedOption("-v")));
    }
    return session.finish(answer.outcome(), "contracts");
  }

  private static List<Long> ids(String list) {
    List<Long> ids = new ArrayList<>();
    for (String word : list.isEmpty() ? new String[0] : list.split(",", -1)) {
      try {
        ids.add(Long.valueOf(word.strip()));
      } catch (NumberFormatException e) {
        throw new UsageException("invalid contract id \"" + word + "\"");
      }
    }
    return ids;
  }

  private static String table(List<ContractRecord> contracts, boolean verbose) {
    StringBuilder out = new StringBuilder();
    ContractText.row(
        out, WIDTHS, "CTID", "ZONEID", "TYPE", "STATE", "HOLDER", "EVENTS", "QTIME", "NTIME");
    for (ContractRecord contract : contracts) {
      String holder = contract.holder() == 0 ? "-" : String.valueOf(contract.holder());
      ContractText.row(
          out,
          WIDTHS,
          String.valueOf(contract.id()),
          "0",
          "process",
          contract.state(),
          holder,
          "0",
          "-",
          "-");
      if (verbose) {
        detail(out, contract);
      }
    }
    return out.toString();
  }

  private static void detail(StringBuilder out, ContractRecord contract) {
    StringBuilder members = new StringBuilder();
    for (ProcessRecord process : contract.processes()) {
      members.append(members.isEmpty() ? "" : " ").append(process.pid());
    }
    ContractText.detail(out, "member processes:", members.isEmpty() ? "none" : members.toString());
    ContractText.detail(out, "service fmri:", contract.fmri());
    ContractText.detail(out, "back end:", contract.backend());
  }
}
