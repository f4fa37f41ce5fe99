package org.storedb.spring.data.core.mapping;

import org.jspecify.annotations.Nullable;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;

/**
 * An index that an entity declares.
 *
 * @param definition the definition for all documents, with the names of fields
 * @param condition the condition for documents to have entries, with the names of properties; {@code null} for all
 */
public record DeclaredIndex(
        IndexDefinition definition, @Nullable Filter condition) {}
