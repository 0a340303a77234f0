package bespoke.supervisor.server;

import bespoke.supervisor.config.Configuration;
import bespoke.supervisor.config.ConfigurationException;

/// Reads the configuration again, as the command line says.
@FunctionalInterface
public interface ConfigurationSource {
  Configuration read() throws ConfigurationException;
}
