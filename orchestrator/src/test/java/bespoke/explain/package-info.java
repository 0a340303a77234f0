@NullMarked
package bespoke.explain;

import org.jspecify.annotations.NullMarked;
