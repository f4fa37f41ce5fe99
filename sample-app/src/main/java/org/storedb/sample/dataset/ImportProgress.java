package org.storedb.sample.dataset;

import org.springframework.data.annotation.Id;
import org.storedb.spring.data.core.mapping.Document;

/**
 * How far an import has come. Stored in the transaction of each batch, so that it is true after every crash.
 *
 * @param id names what is imported
 * @param places how many places of the file are in the store
 * @param complete whether these are all
 */
@Document("imports")
public record ImportProgress(@Id String id, long places, boolean complete) {}
