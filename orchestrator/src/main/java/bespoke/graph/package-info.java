/// Who depends on whom, on JGraphT, and whether it is satisfied.
///
/// [DependencyGraph] holds the vertices (instances, services, files) and edges; [DependencyGroup]
/// counts its satisfied members, so that one change costs the edges it touches and never the size
/// of the graph; [Satisfaction] propagates changes with a worklist, never by recursion.
///
/// What never belongs here: states of the restarter, decisions, time, I/O.
@NullMarked
package bespoke.graph;

import org.jspecify.annotations.NullMarked;
