package org.storedb.spring.web.application;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.storedb.spring.data.core.mapping.Document;

/** Who wrote a book; numbered, and without a version. */
@Document("authors")
public class Author {

    @Id
    private @Nullable Long id;

    private String name = "";

    public @Nullable Long getId() {
        return id;
    }

    public void setId(@Nullable Long id) {
        this.id = id;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }
}
