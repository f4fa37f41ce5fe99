package org.storedb.feed;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentValue;

/**
 * A document as it was at one moment. Immutable; safe for use by many threads. It stays readable after the store is
 * closed.
 *
 * <p>Methods that decode it throw {@link org.storedb.error.CorruptStoreException} if it is not what was written.
 */
public interface DocumentImage {

    long revision();

    /** Returns the document for reading single fields. */
    DocumentValue value();

    /** Returns the document as a modifiable map. */
    Map<String, @Nullable Object> toMap();

    /** Returns the document as an object of a class that Jackson can read. */
    <T> T as(Class<T> type);

    /** Returns the document as an object converted by {@code codec}. */
    <T> T as(DocumentCodec<T> codec);
}
