package org.storedb.benchmark.report;

import java.util.function.Predicate;

/**
 * A column of ratios: ours to the best of some others.
 *
 * @param isPeer whether somebody is one of these others
 * @param named whether to say who is best
 */
public record Comparison(String title, Contender ours, Predicate<Contender> isPeer, boolean named) {}
