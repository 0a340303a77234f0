/// One class per command.
@NullMarked
package bespoke.cli;

import org.jspecify.annotations.NullMarked;
