package org.storedb.spring.letters;

import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.search.TextIndexed;

@Document("letters")
public record Letter(String id, @TextIndexed String text) {}
