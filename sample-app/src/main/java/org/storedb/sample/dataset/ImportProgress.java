package org.storedb.sample.dataset;

import org.springframework.data.annotation.Id;
import org.storedb.spring.data.core.mapping.Document;

/**
 * The progress of an import. Stored in the transaction of each batch, so that it is correct even after a crash.
 *
 * @param id the id of the import
 * @param places the number of places of the file that are in the store
 * @param complete whether these are all places of the file
 */
@Document("imports")
public record ImportProgress(@Id String id, long places, boolean complete) {}
