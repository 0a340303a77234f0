/// Reads composed property groups into an [bespoke.model.InstanceDefinition]: the one place that
/// knows which property means what (smf.md 2.5, 3.1, 6.3; DESIGN 7).
///
/// SMF's own groups keep SMF's names and types. What bespoke adds is encoded like this (the whole
/// table with types and defaults is `docs/properties.md`):
///
/// | group | properties |
/// | --- | --- |
/// | any, type `dependency` | `grouping`, `restart_on` (absent means `none`), `type`, `entities`, `external` |
/// | `start`, `stop`, `refresh` | `exec`, `timeout_seconds`, `on_timeout`, and every property of `method_context` |
/// | `monitor` | `probe` (`exec`, `tcp`, `http`), `target`, `interval_seconds`, `timeout_seconds`, `failures`, `successes`, `on_failure` |
/// | `readiness` | `notify` (`method`, `sd_notify`, `fd:N`, `exec`, `tcp`, `http`), `target`, `timeout_seconds`, `interval_seconds`, `probe_timeout_seconds`, `watchdog_seconds` |
/// | `method_context` | SMF's, and `umask`, `limits` (`nofile=1024:4096`), `capabilities`, `no_new_privileges`, `nice`, `oom_score_adj` |
/// | `resources` | `memory_max`, `cpu_max`, `pids_max`, … as [Resource] lists them |
/// | `startd` | SMF's, and `retry_delay` |
/// | `tm_common_name`, `tm_description`, `tm_man_*`, `tm_doc_*` | as in smf_template(7) |
///
/// A kind and its argument are two properties (`probe` and `target`), so that an instance which
/// overrides one kind by another never leaves the service's argument behind.
///
/// Faults are values. A definition that cannot be used carries the auxiliary state in which its
/// instance goes to maintenance: `invalid_dependency`, `invalid_restarter`, or `method_failed` for
/// a method context or probe that could never be applied (as SMF, which notices it when the method
/// runs). Where SMF falls back to a default (`startd`, timeouts), so do we.
///
/// Start reading at [Definitions]. What never belongs here: text formats, files, who may set what.
@NullMarked
package bespoke.model.definition;

import org.jspecify.annotations.NullMarked;
