/// supervisord's remote interface: the XML-RPC codec, the faults and the methods.
///
/// [XmlRpcReader] and [XmlRpcWriter] are pure; `MethodTable` holds every method that can be called,
/// there is no other way to reach an object. Methods run on the caller's (virtual) thread, which
/// may wait; they reach the server's state only through its loop.
///
/// What never belongs here: HTTP.
@NullMarked
package bespoke.supervisor.rpc;

import org.jspecify.annotations.NullMarked;
