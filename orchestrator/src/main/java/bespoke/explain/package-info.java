/// Answers "why is it in this state?" from a snapshot of all instances: the algorithm of svcs(1)
/// `-x`.
///
/// [Explainer] is the entry: it takes [Facts], builds who waits for whom (`Blame`, one pass over
/// all dependencies, no recursion), and gives one [Explanation] for each problem or each instance
/// that was asked for. Rules and texts are those of svcs(1); where they are known to be wrong, the
/// text is right instead.
///
/// `why` tells the other half of the story, from the journal: what led to the present state.
///
/// What never belongs here: deciding what may start (that is `engine`), layout of text (that is the
/// command's), files, clocks.
@NullMarked
package bespoke.explain;

import org.jspecify.annotations.NullMarked;
