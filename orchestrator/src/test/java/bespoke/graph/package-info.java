@NullMarked
package bespoke.graph;

import org.jspecify.annotations.NullMarked;
