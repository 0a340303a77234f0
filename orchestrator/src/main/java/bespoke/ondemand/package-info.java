/// Delegated restarters whose instances wait for an occasion to run: for a time
/// ([bespoke.ondemand.periodic], Solaris' svc.periodicd) or for a connection
/// ([bespoke.ondemand.inetd], inetd(8)).
///
/// Such an instance is `online` while it is *armed*: scheduled, or listening. Running its start
/// method is no transition. [ArmedInstance] decides, purely, what an order of the daemon leads to;
/// [OnDemandRestarter] carries it out on one loop, with the methods of [bespoke.restarter] in
/// contracts of its own; an [Occasion] is what the two restarters differ in.
///
/// The restarter may die: what its methods started runs on, and the next one takes the contracts
/// over and arms what was armed ([ArmedRecords]).
///
/// What never belongs here: dependencies, and when an instance may be online; the daemon says so.
@NullMarked
package bespoke.ondemand;

import org.jspecify.annotations.NullMarked;
