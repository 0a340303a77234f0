/// Tests of the journal.
@NullMarked
package bespoke.journal;

import org.jspecify.annotations.NullMarked;
