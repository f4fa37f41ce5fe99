package org.storedb.sample.dataset;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.validation.annotation.Validated;

/**
 * Import of places.
 *
 * @param file File of places, one JSON object per line, compressed with gzip.
 * @param batchSize Number of places that are stored in one transaction.
 * @param limit Maximum number of places to import.
 */
@Validated
@ConfigurationProperties("travel-desk.import")
public record ImportProperties(
        @DefaultValue("classpath:data/places.ndjson.gz") Resource file,
        @DefaultValue("1000") @Min(1) int batchSize,
        @DefaultValue("" + Long.MAX_VALUE) @Min(0) long limit) {}
