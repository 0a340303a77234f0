/// Tests of the stores through their public surface.
@NullMarked
package bespoke.repository;

import org.jspecify.annotations.NullMarked;
