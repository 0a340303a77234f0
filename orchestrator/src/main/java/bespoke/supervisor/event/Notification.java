package bespoke.supervisor.event;

/// An event that happened, as listeners get it.
public record Notification(EventType type, String payload) {}
