/// The program `ctrun`: runs a command in a process contract of its own (ctrun(1) of illumos).
///
/// [RunOptions] reads the command line, [ContractRun] carries one run out, [Ctrun] is the program.
/// The contract belongs to nobody else: not to a daemon, which need not run.
///
/// What never belongs here: services.
@NullMarked
package bespoke.ctrun;

import org.jspecify.annotations.NullMarked;
