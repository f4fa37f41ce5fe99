package org.storedb.sample.place;

/** Where a place lies, in degrees. */
public record Location(double lat, double lon) {}
