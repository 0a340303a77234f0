@NullMarked
package bespoke.explain.boot;

import org.jspecify.annotations.NullMarked;
