/// The conformance cases of SMF's behaviour, by their numbers, against the engine in the simulated
/// world. Where bespoke decided otherwise than SMF, the case says so.
@NullMarked
package bespoke.conformance;

import org.jspecify.annotations.NullMarked;
