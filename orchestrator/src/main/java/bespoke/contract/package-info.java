/// Process contracts: groups of processes that are started, watched, signalled and ended together.
///
/// A contract holds the process that was started in it and every descendant, however it forks or
/// daemonises. [Contracts] is the one interface; [ContractsOpening] chooses the back end:
///
/// - **cgroup v2**, where a writable cgroup2 mount is found in `/proc/self/mountinfo`: one
///   directory a contract, inside one sub-tree a root directory, so that several daemons never
///   meet. A process is a member before the first instruction of its command. Emptiness is
///   `populated 0` of `cgroup.events` and no child of ours left in it; killing is `cgroup.kill`.
/// - **tracking**, everywhere else (containers with a read-only cgroup file system, unprivileged
///   users): this process is the child subreaper of what it starts, and membership follows from the
///   process tree, the session and a mark in the environment.
///
/// What tracking cannot promise: a process that wipes its environment, makes a session of its own
/// and loses its parent in the same instant in which a process of another contract dies may be
/// attributed to that other contract. After a daemon was killed and another adopted its contracts,
/// a process that has wiped its environment, left its session *and* lost its parent is not found
/// again. Limits that need controllers are never available. A set-user-ID program may hide its
/// environment from an unprivileged daemon; its session and parents still tell.
///
/// Invariants:
/// - one reaper thread per process owns every exit status; nothing else may wait for children
///   (never `ProcessBuilder` in a process that holds [Contracts]);
/// - there is no thread per child or contract;
/// - for one process, [ContractListener#processStarted] comes before
///   [ContractListener#processExited], and the exits of launched processes before their
///   [ContractListener#contractEmptied].
///
/// A process joins a cgroup by a write for which the kernel waits 10 ms and more when nobody has
/// joined one lately, and a shell to do so takes half a millisecond. So it is born there, with
/// everything else that a [Launch] says, by system calls of our own (`bespoke.os.DirectSpawner`).
/// Where the machine does not let us, posix_spawn(3) and a [Trampoline] do the same
/// ([CgroupTrial]).
///
/// What never belongs here: what to start, when to retry, what a death means.
///
/// Start reading at [Contracts], [Launch], [ContractListener].
@NullMarked
package bespoke.contract;

import org.jspecify.annotations.NullMarked;
