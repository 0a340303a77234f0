/// The periodic restarter, Solaris' svc.periodicd: runs the start method of its instances at times.
///
/// [Timetable] reads the property groups `periodic` and `scheduled`; [TimedRuns] decides when the
/// next run is due and what a run's end means; [PeriodicRestarter] is the program.
@NullMarked
package bespoke.ondemand.periodic;

import org.jspecify.annotations.NullMarked;
