package bespoke.cli.render;

import bespoke.api.DependencyRecord;
import bespoke.api.EntityRecord;
import bespoke.api.InstanceDetail;
import bespoke.api.InstanceRecord;
import bespoke.api.ProcessRecord;
import bespoke.api.listing.Times;

/// The blocks of `svcs -l` (smf.md 8.1).
public final class Listing {

  private static final int LABEL_WIDTH = 13;

  private final StringBuilder out = new StringBuilder();

  private Listing() {}

  /// The block of one instance, without a blank line around it.
  ///
  /// @param processes whether to list them
  public static String block(InstanceRecord instance, Times times, boolean processes) {
    Listing listing = new Listing();
    listing.head(instance, times);
    listing.detail(instance, instance.detail());
    if (processes) {
      for (ProcessRecord process : instance.detail().processes()) {
        listing.line("process", process.pid() + " " + process.arguments());
      }
    }
    return listing.out.toString();
  }

  private void head(InstanceRecord instance, Times times) {
    line("fmri", instance.fmri());
    optional("name", instance.commonName());
    if (!instance.state().equals("legacy_run")) {
      line(
          "enabled",
          instance.enabled().effective()
              + (instance.enabled().isTemporary() ? " (temporary)" : ""));
    }
    line("state", instance.state());
    line("next_state", instance.next().isEmpty() ? "none" : instance.next());
    if (instance.sinceEpochMillis() != 0) {
      line("state_time", times.full(instance.sinceEpochMillis()));
    }
    if (!instance.enabled().effective()) {
      optional("comment", instance.enabled().comment());
    }
  }

  private void detail(InstanceRecord instance, InstanceDetail detail) {
    optional("reason", detail.message());
    optional("status", detail.status());
    optional("alt_logfile", detail.alternativeLogfile());
    optional("logfile", detail.logfile());
    optional("restarter", detail.restarter());
    if (detail.contractKnown() || !instance.contracts().isEmpty()) {
      line("contract_id", contracts(instance));
    }
    for (String unavailable : detail.unavailable()) {
      line("unavailable", unavailable);
    }
    for (DependencyRecord dependency : detail.dependencies()) {
      line("dependency", dependency(dependency));
    }
  }

  private static String contracts(InstanceRecord instance) {
    StringBuilder ids = new StringBuilder();
    for (Long id : instance.contracts()) {
      ids.append(id).append(' ');
    }
    return ids.toString();
  }

  private static String dependency(DependencyRecord dependency) {
    StringBuilder text = new StringBuilder();
    text.append(dependency.grouping().isEmpty() ? "?" : dependency.grouping()).append('/');
    text.append(dependency.restartOn().isEmpty() ? "?" : dependency.restartOn());
    for (EntityRecord entity : dependency.entities()) {
      text.append(' ').append(entity.fmri()).append(" (");
      text.append(entity.state().isEmpty() ? "-" : entity.state()).append(')');
    }
    text.append("  [").append(dependency.name());
    text.append(dependency.origin().isEmpty() ? "" : ", " + dependency.origin());
    return text.append(']').toString();
  }

  private void optional(String label, String value) {
    if (!value.isEmpty()) {
      line(label, value);
    }
  }

  private void line(String label, String value) {
    out.append(label).repeat(' ', Math.max(1, LABEL_WIDTH - label.length())).append(value);
    out.append('\n');
  }
}
