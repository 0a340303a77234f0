/// Questions about the graph as a whole: cycles, impact, paths, orders, lint, reduction, critical
/// path.
///
/// All are pure functions over an [InstanceGraph], which is made from definitions alone (and, where
/// a question is about a running machine, a predicate). Nothing recurses over the graph; every
/// class says what it costs.
///
/// What never belongs here: satisfaction of a live graph (that is [bespoke.graph.Satisfaction]),
/// decisions, layout of text.
@NullMarked
package bespoke.graph.analysis;

import org.jspecify.annotations.NullMarked;
