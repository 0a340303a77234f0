package bespoke.supervisor.server;

import bespoke.supervisor.config.Configuration;
import bespoke.supervisor.log.ActivityLog;
import bespoke.supervisor.process.Moment;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What all processes of one configuration share.
///
/// @param privateDirectory null if none could be made: then pipes have no names and the programs do
///   not outlive the server
/// @param environment the server's own variables
record World(
    Loop loop,
    ActivityLog log,
    EventBus events,
    ContractDesk contracts,
    Supplier<Moment> clock,
    Configuration configuration,
    @Nullable PrivateDirectory privateDirectory,
    Map<String, String> environment) {}
