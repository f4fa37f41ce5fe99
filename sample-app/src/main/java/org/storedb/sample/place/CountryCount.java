package org.storedb.sample.place;

/** The number of places in a country. */
public record CountryCount(String country, long places) {}
