package org.storedb.sample.place;

/** The location of a place, in degrees. */
public record Location(double lat, double lon) {}
