package org.storedb.spring.web.application;

import java.io.Serializable;

/** An id of several parts. */
public record SeatId(String flight, int number) implements Serializable {}
