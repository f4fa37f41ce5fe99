package org.storedb.query;

import java.time.Duration;
import java.time.Instant;

/**
 * A query that exceeded the threshold for slow queries. Immutable.
 *
 * @param at when it began
 * @param time how long the store worked on it, excluding the time spent by the consumer of the result
 * @param finished whether it ran to its end; an abandoned stream never does
 * @param explanation the plan with the rows of each step, whose times are not measured
 */
public record SlowQuery(Instant at, Duration time, boolean finished, QueryExplanation explanation) {}
