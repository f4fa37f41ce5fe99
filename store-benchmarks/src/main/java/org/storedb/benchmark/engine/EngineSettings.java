package org.storedb.benchmark.engine;

import java.nio.file.Path;

/**
 * How an engine is to be opened.
 *
 * @param directory where its files are; exists
 * @param durable whether a commit must be on the medium when it returns; otherwise it is enough that the operating
 *     system has it, so that a killed process loses nothing
 * @param entriesMax most entries that will be put, for engines that must know before
 */
public record EngineSettings(Path directory, boolean durable, long entriesMax) {}
