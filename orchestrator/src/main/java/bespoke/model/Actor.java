package bespoke.model;

/// A person or program that asked for something over the control socket.
///
/// @param user the name of the effective uid, or its number
/// @param uid the effective uid (SO_PEERCRED, unix(7))
/// @param loginUid the audit login uid (`/proc/PID/loginuid`), or -1
/// @param pid of the caller
/// @param commandLine of the caller, at most 4096 characters
public record Actor(String user, int uid, long loginUid, long pid, String commandLine) {}
