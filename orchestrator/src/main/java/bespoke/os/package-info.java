/// The only package with native calls (`java.lang.foreign`): spawning, waiting, signals, pidfds,
/// inotify, epoll, credentials, accounts, `/proc`.
///
/// Linux with glibc, x86-64 or aarch64. Failures that an operator or a race can cause are values
/// carrying an errno; exceptions are bugs.
///
/// Method handles are linked class by class, when first used: linking costs milliseconds, and a
/// command that never spawns must not pay for it.
///
/// What never belongs here: contracts, services, policy.
@NullMarked
package bespoke.os;

import org.jspecify.annotations.NullMarked;
