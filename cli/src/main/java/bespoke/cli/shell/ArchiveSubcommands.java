package bespoke.cli.shell;

import bespoke.api.ConfigurationRequest;
import bespoke.api.EditingRequest;
import bespoke.api.ImportedRecord;
import bespoke.api.Outcome;
import bespoke.api.ProblemRecord;
import bespoke.api.Request;
import bespoke.api.SourceText;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything into one file and back, and what a file holds: `archive`, `restore`, `inventory`.
final class ArchiveSubcommands implements Subcommands {

  private final Asking asking;

  ArchiveSubcommands(Asking asking) {
    this.asking = asking;
  }

  @Override
  public List<String> synopses() {
    return List.of("archive [-a] [> file]", "restore file", "inventory file|directory...");
  }

  @Override
  public void execute(List<String> words) throws ShellException, DaemonUnreachableException {
    switch (words.getFirst()) {
      case "archive" ->
          ManifestSubcommands.write(
              asking.terminal(),
              asking.lines(new ConfigurationRequest.Export("", words.contains("-a")), "text"),
              ManifestSubcommands.target(words));
      case "restore" -> restore(words.subList(1, words.size()));
      default -> inventory(words.subList(1, words.size()));
    }
  }

  private void restore(List<String> operands) throws ShellException, DaemonUnreachableException {
    List<SourceText> files = SourceFiles.read(operands);
    if (files.size() != 1) {
      throw ShellException.syntax("restore file");
    }
    EditingRequest.Restore request = new EditingRequest.Restore(files.getFirst());
    if (asking.isPlanning()) {
      asking.plan(request, this::warn, () -> {});
    } else {
      call(request, "Restoration");
    }
  }

  /// For each service first its instances, then the service.
  private void inventory(List<String> operands) throws ShellException, DaemonUnreachableException {
    List<SourceText> files = SourceFiles.read(operands);
    if (files.isEmpty()) {
      throw ShellException.syntax("inventory file|directory...");
    }
    Map<String, List<String>> instances = new LinkedHashMap<>();
    Request look = new ConfigurationRequest.Import(files, true, false);
    for (String fmri : call(look, "Inventory")) {
      int colon = fmri.indexOf(':', 4);
      String service = colon < 0 ? fmri : fmri.substring(0, colon);
      List<String> of = instances.computeIfAbsent(service, key -> new ArrayList<>());
      if (colon > 0) {
        of.add(fmri);
      }
    }
    StringBuilder out = new StringBuilder();
    instances.forEach((service, of) -> {
      of.forEach(instance -> out.append(instance).append('\n'));
      out.append(service).append('\n');
    });
    asking.terminal().print(out);
  }

  /// The FMRIs that the request is about.
  private List<String> call(Request request, String what)
      throws ShellException, DaemonUnreachableException {
    List<String> fmris = new ArrayList<>();
    Outcome outcome =
        asking.change(
            request,
            (kind, fields) -> {
              if (kind.equals("imported")) {
                fmris.add(ImportedRecord.from(fields).fmri());
              } else {
                warn(kind, fields);
              }
            });
    outcome.messages().forEach(asking.terminal()::warn);
    if (!outcome.isOk()) {
      throw new ShellException(what + " failed.");
    }
    return fmris;
  }

  private void warn(String kind, JsonObject fields) {
    if (kind.equals("problem")) {
      ProblemRecord problem = ProblemRecord.from(fields);
      String warning = problem.severity().equals("warning") ? "warning: " : "";
      asking.terminal().warn(warning + problem);
    }
  }
}
