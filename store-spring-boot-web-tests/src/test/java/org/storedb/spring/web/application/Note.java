package org.storedb.spring.web.application;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.storedb.spring.data.core.mapping.Document;

/** A record as an entity. */
@Document("notes")
public record Note(
        @Id @Nullable String id,
        @Version @Nullable Long version,
        String title,
        @Nullable String text) {}
