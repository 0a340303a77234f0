package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// What only `svcs -l`, `-p`, `-d` and the like need to know of an instance.
///
/// @param auxiliary the short reason of its state
/// @param restarter FMRI of its restarter
/// @param logfile path, or empty when it never had one
/// @param alternativeLogfile path, or empty
/// @param contractKnown whether it ever had a contract, so that an empty list is shown
/// @param message a sentence about its last failure, or empty
/// @param status what the service says about itself (sd_notify(3) `STATUS=`), or empty
/// @param description a paragraph, or empty
/// @param unavailable limits of `resources` that this machine cannot keep, each as a sentence
/// @param dependencies in the order of declaration, `exclude_all` too
/// @param processes by ascending pid, when asked for
public record InstanceDetail(
    String auxiliary,
    String restarter,
    String logfile,
    String alternativeLogfile,
    boolean contractKnown,
    String message,
    String status,
    String description,
    List<String> unavailable,
    List<DependencyRecord> dependencies,
    List<ProcessRecord> processes)
    implements JsonWritable {

  public InstanceDetail {
    unavailable = List.copyOf(unavailable);
    dependencies = List.copyOf(dependencies);
    processes = List.copyOf(processes);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static InstanceDetail from(JsonObject object) {
    return new InstanceDetail(
        object.text("auxiliary"),
        object.text("restarter"),
        object.text("logfile"),
        object.text("alt_logfile"),
        object.flag("contract_known"),
        object.text("message"),
        object.text("status"),
        object.text("description"),
        object.texts("unavailable"),
        DependencyRecord.list(object.objects("dependencies")),
        ProcessRecord.list(object.objects("processes")));
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("auxiliary", auxiliary);
    out.field("restarter", restarter);
    out.field("logfile", logfile);
    out.field("alt_logfile", alternativeLogfile);
    out.field("contract_known", contractKnown);
    out.field("message", message);
    out.field("status", status);
    out.field("description", description);
    out.texts("unavailable", unavailable);
    out.objects("dependencies", dependencies);
    out.objects("processes", processes);
  }

  /// Nothing known.
  public static final InstanceDetail NONE =
      new InstanceDetail("", "", "", "", false, "", "", "", List.of(), List.of(), List.of());
}
