package org.storedb.spring.library;

import org.jspecify.annotations.Nullable;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.search.TextIndexed;

@Document("novels")
public record Novel(
        String id,
        @TextIndexed(boost = 3) String title,
        int year,
        @TextIndexed(analyzer = "exact") @Nullable String kept) {

    public Novel(String id, String title, int year) {
        this(id, title, year, null);
    }
}
