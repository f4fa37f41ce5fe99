package org.storedb.spring.web.application;

public record Chapter(String heading, int pages) {}
