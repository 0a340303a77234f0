/// Benchmarks of the pure packages: what a change of state costs, what questions about a large
/// graph cost, what an import costs. Each has a floor, the unavoidable part, measured in the same
/// run.
package bespoke.bench;
