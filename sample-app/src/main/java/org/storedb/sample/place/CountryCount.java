package org.storedb.sample.place;

/** How many places a country has. */
public record CountryCount(String country, long places) {}
