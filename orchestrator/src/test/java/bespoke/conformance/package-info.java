/// The conformance cases of SMF's behaviour, by their numbers, against the engine in the simulated
/// world; the classes whose names begin with `Real` run it in the real one, with processes. Where
/// bespoke decided otherwise than SMF, the case says so.
@NullMarked
package bespoke.conformance;

import org.jspecify.annotations.NullMarked;
