package org.storedb.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;

/** An entity for the entity scan to find. */
@Document("readings")
record Reading(@Nullable String id, @Indexed String sensor, double value) {}
