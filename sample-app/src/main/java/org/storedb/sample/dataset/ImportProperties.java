package org.storedb.sample.dataset;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.validation.annotation.Validated;

/**
 * What is imported, and how.
 *
 * @param file the places, one JSON object a line, compressed with gzip
 * @param batchSize how many places are stored in one transaction
 * @param limit how many places are imported at the most
 */
@Validated
@ConfigurationProperties("travel-desk.import")
public record ImportProperties(
        @DefaultValue("classpath:data/places.ndjson.gz") Resource file,
        @DefaultValue("1000") @Min(1) int batchSize,
        @DefaultValue("" + Long.MAX_VALUE) @Min(0) long limit) {}
