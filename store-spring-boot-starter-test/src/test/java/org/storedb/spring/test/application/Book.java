package org.storedb.spring.test.application;

import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;

@Document("books")
public record Book(
        @Nullable String id,
        @Indexed(unique = true) String isbn,
        @NotBlank String title) {}
