package org.storedb.spring.flawed;

import org.storedb.spring.data.core.mapping.CompoundIndex;
import org.storedb.spring.data.core.mapping.Document;

/** An entity with an index on a property that it does not have. */
@Document
@CompoundIndex(fields = "nothing")
public record Flawed(String id) {}
