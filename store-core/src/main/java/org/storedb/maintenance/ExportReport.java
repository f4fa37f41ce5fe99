package org.storedb.maintenance;

import java.time.Duration;

/**
 * What an export did.
 *
 * @param documents how many were written
 * @param bytes bytes of text, before compression
 * @param duration how long it took
 */
public record ExportReport(long documents, long bytes, Duration duration) {}
