/**
 * Targets of fuzzing: what reads bytes from outside, given any bytes. Each answers, or refuses with an exception of its own,
 * in bounded time and memory. A target has a method {@code fuzzerTestOneInput}, which Jazzer calls in the Maven profile
 * {@code fuzz}; the default build replays the corpus under {@code src/test/resources/fuzz}.
 */
@NullMarked
package org.storedb.fuzz;

import org.jspecify.annotations.NullMarked;
