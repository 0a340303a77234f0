/// How a command connects to a daemon's socket without paying for what it does not use: the JVM of
/// a command lives 50 ms. Start reading at [ByteStream].
///
/// What never belongs here: protocols, servers (which have the time for `java.nio`), anything of
/// the rest of the program.
@NullMarked
package bespoke.connect;

import org.jspecify.annotations.NullMarked;
