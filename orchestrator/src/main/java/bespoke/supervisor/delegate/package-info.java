/// The programs as instances of bespoke: supervisord as a delegated restarter.
///
/// When supervisord was started as a method of a service it registers over the daemon's control
/// socket, describes each program as a service below its own and each process as an instance, does
/// what the daemon orders, and reports every change, whoever caused it. [InstanceView] decides what
/// a process looks like as an instance; [Delegation] connects it to the server's loop;
/// [bespoke.delegate.RestarterConnection] speaks the protocol (`docs/restarter-protocol.md`).
///
/// Whether a process may start is then the daemon's decision: `autostart` becomes `enabled`.
///
/// What never belongs here: dependencies are described, never looked at.
@NullMarked
package bespoke.supervisor.delegate;

import org.jspecify.annotations.NullMarked;
