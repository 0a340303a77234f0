package bespoke.plan;

import bespoke.engine.Engine;

/// This moment, copied: what plans start from.
///
/// @param engine a copy of the engine, which belongs to who holds this
/// @param epochMillis the wall clock
/// @param nanos the clock of the envelopes
/// @param lastEnvelope the highest envelope id so far
public record Present(Engine engine, long epochMillis, long nanos, long lastEnvelope) {

  /// The same moment once more, for another plan.
  public Present copy() {
    return new Present(engine.copy(), epochMillis, nanos, lastEnvelope);
  }
}
