package org.storedb.feed;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentValue;

/**
 * A document as it was at one moment. Immutable; safe for use by many threads. It stays readable when the store is closed.
 *
 * <p>Whatever decodes it throws a {@link org.storedb.error.CorruptStoreException} if it is not what was written.
 */
public interface DocumentImage {

    long revision();

    /** The document, to read single fields of. */
    DocumentValue value();

    /** The document as a map, which may be changed. */
    Map<String, @Nullable Object> toMap();

    /** The document as an object of a class that Jackson can read. */
    <T> T as(Class<T> type);

    /** The document as an object that {@code codec} makes of it. */
    <T> T as(DocumentCodec<T> codec);
}
