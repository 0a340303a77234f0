/// The HTTP servers: XML-RPC, log tails and the web pages, over unix sockets and TCP.
///
/// A small HTTP/1.1 server of its own, one virtual thread a connection: it needs unix sockets made
/// in a careful order, endless answers, and a start within milliseconds. [HttpListener] accepts,
/// [HttpConnection] speaks HTTP, `Routes` decides what answers.
///
/// What never belongs here: the meaning of a remote method.
@NullMarked
package bespoke.supervisor.http;

import org.jspecify.annotations.NullMarked;
