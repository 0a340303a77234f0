/// Predicts how long a boot will take: what earlier starts took, and how starts share the cores.
///
/// Start reading at [LearnedDurations]; [SharedCores] is the model with limited cores. Who starts
/// after whom is not modelled here: the engine in the simulated world says it.
///
/// What never belongs here: reading the journal, which is told transition by transition.
@NullMarked
package bespoke.plan.boot;

import org.jspecify.annotations.NullMarked;
