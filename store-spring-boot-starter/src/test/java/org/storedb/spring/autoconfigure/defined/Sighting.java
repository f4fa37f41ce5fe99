package org.storedb.spring.autoconfigure.defined;

import org.jspecify.annotations.Nullable;
import org.storedb.spring.data.core.mapping.Document;

@Document("sightings")
public record Sighting(@Nullable String id, String bird) {}
