@NullMarked
package bespoke.explain.why;

import org.jspecify.annotations.NullMarked;
