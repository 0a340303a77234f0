/// What the commands and the daemon say to each other; no behaviour but reading, writing and the
/// matching of operands.
///
/// **The protocol.** A UNIX stream socket at [Wire#SOCKET] under the root. The client sends one
/// [Request] a line, `{"version":1,"op":"list",…}`; the daemon answers with lines `{"KIND":{…}}`,
/// each a [Reply], of which the last is the [Outcome]; then the client may send the next request.
/// Requests of one connection are answered in order. `watch`, and `act` with `synchronous`, answer
/// until the client goes away or the matter is settled. One reply has more behind its line: a
/// [TableRecord].
///
/// **Compatibility.** Absent fields mean empty, false or zero; unknown fields are ignored; an
/// unknown `op` is answered with the error `not_available`. A line that is no JSON object of the
/// protocol is answered with `bad_request`, and one that is too long with `limit`; after either the
/// daemon closes the connection.
///
/// States, groupings and the like travel as SMF's words, so that `cli` needs none of the model.
/// Times are milliseconds since 1970 UTC.
///
/// Start reading at [Request], then [Reply], [InstanceRecord], [OperandMatcher].
///
/// What never belongs here: sockets, files, decisions, anything of the model.
@NullMarked
package bespoke.api;

import org.jspecify.annotations.NullMarked;
