package org.storedb.internal.feed;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.feed.DocumentImage;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.document.JacksonDocumentCodec;
import org.storedb.internal.document.MapDocumentCodec;
import org.storedb.internal.transaction.StoredRecord;

/** A document that is decoded on first use. */
final class LoggedDocument implements DocumentImage {

    private static final MapDocumentCodec MAPS = new MapDocumentCodec();

    private final Supplier<StoredRecord> record;
    private final FieldDictionary dictionary;
    private volatile @Nullable StoredRecord decoded; // Racing threads decode it twice, with the same result.

    LoggedDocument(Supplier<StoredRecord> record, FieldDictionary dictionary) {
        this.record = record;
        this.dictionary = dictionary;
    }

    @Override
    public long revision() {
        return decoded().revision();
    }

    @Override
    public EncodedValue value() {
        return EncodedValue.document(decoded().value(), dictionary);
    }

    @Override
    public Map<String, @Nullable Object> toMap() {
        return as(MAPS);
    }

    @Override
    public <T> T as(Class<T> type) {
        return as(JacksonDocumentCodec.of(type));
    }

    @Override
    public <T> T as(DocumentCodec<T> codec) {
        return codec.read(value(), revision());
    }

    private StoredRecord decoded() {
        StoredRecord known = decoded;
        if (known == null) {
            known = record.get();
            decoded = known;
        }
        return known;
    }
}
