package org.storedb.benchmark.engine;

import java.nio.file.Path;

/**
 * The settings to open an engine with.
 *
 * @param directory the existing directory of its files
 * @param durable whether a commit must be on the medium when it returns; otherwise it suffices that the operating
 *     system has it, so that nothing is lost if the process is killed
 * @param entriesMax the maximum number of entries, for engines that must know it beforehand
 */
public record EngineSettings(Path directory, boolean durable, long entriesMax) {}
