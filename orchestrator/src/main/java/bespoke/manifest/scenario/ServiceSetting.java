package bespoke.manifest.scenario;

import java.util.OptionalDouble;

/// How long the methods of services take.
///
/// @param services whose
/// @param startSeconds until it is online
/// @param stopSeconds until it is down
/// @param refreshSeconds of its refresh method
public record ServiceSetting(
    Operand services,
    OptionalDouble startSeconds,
    OptionalDouble stopSeconds,
    OptionalDouble refreshSeconds) {}
