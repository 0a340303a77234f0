package bespoke.supervisor.config;

/// Whether a process that ended by itself after a good start is started again.
public enum Autorestart {
  ALWAYS,
  UNEXPECTED,
  NEVER
}
