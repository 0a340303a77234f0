/// The restarter inetd(8): listens for its instances and runs their start method when somebody
/// connects.
///
/// With `accept` each connection gets a process of its own; without it the first connection starts
/// the service, which gets the listening sockets as systemd hands them over (sd_listen_fds(3)), and
/// when it ends inetd listens again.
///
/// Start reading at [Settings] (the property group `inetd`) and [Listening].
@NullMarked
package bespoke.ondemand.inetd;

import org.jspecify.annotations.NullMarked;
