package bespoke.supervisor.config;

/// Everything the file says about one process, with all names expanded.
///
/// @param program name of the program it was made from
/// @param name process name, unique in its group
/// @param command the command as written, split into words only when it is started
/// @param priority order among the processes of its group
/// @param redirectStderr whether standard error goes where standard output goes
public record ProcessConfig(
    String program,
    String name,
    String command,
    int priority,
    boolean redirectStderr,
    StreamConfig stdout,
    StreamConfig stderr,
    StartPolicy start,
    StopPolicy stop,
    ChildContext context,
    Dependencies dependencies,
    Check.Checks checks) {}
