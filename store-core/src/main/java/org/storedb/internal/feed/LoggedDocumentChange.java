package org.storedb.internal.feed;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.storedb.feed.Before;
import org.storedb.feed.ChangeKind;
import org.storedb.feed.DocumentChange;
import org.storedb.feed.DocumentImage;
import org.storedb.internal.document.DocumentId;

/**
 * A change of a document.
 *
 * @param key the key of the document's record
 * @param image the document after the change, or {@code null} if it was deleted
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record LoggedDocumentChange(
        ChangeKind kind,
        String source,
        byte[] key,
        @Nullable LoggedDocument image,
        Before<DocumentImage> before) implements DocumentChange {

    @Override
    public Object id() {
        return DocumentId.decode(key);
    }

    @Override
    public OptionalLong revision() {
        return image == null ? OptionalLong.empty() : OptionalLong.of(image.revision());
    }

    @Override
    public LoggedDocument after() {
        if (image == null) {
            throw new IllegalStateException("There is no document '" + id() + "' after a " + kind + " in collection '"
                    + source + "'; check its kind first");
        }
        return image;
    }

    @Override
    public String toString() {
        return kind + " " + source + " " + id();
    }
}
