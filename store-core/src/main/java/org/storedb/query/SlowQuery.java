package org.storedb.query;

import java.time.Duration;
import java.time.Instant;

/**
 * A query that took longer than it should. Immutable.
 *
 * @param at when it began
 * @param time how long the store worked on it; what the reader of the result did in between is not in it
 * @param finished whether it has come to its end; a stream that is given up never does
 * @param explanation the plan with the rows of each step, whose times are not measured
 */
public record SlowQuery(Instant at, Duration time, boolean finished, QueryExplanation explanation) {}
