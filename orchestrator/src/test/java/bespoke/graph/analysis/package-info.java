@NullMarked
package bespoke.graph.analysis;

import org.jspecify.annotations.NullMarked;
