package org.storedb.benchmark.report;

import java.util.function.Predicate;

/**
 * A column of ratios: our figure to the best one of some peers.
 *
 * @param isPeer whether a contender is a peer
 * @param named whether to name the best one
 */
public record Comparison(String title, Contender ours, Predicate<Contender> isPeer, boolean named) {}
