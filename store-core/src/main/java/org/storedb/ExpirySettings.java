package org.storedb;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidDocumentException;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.CollectionEngine;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.ExpiryRule;
import org.storedb.internal.document.StoredDocument;
import org.storedb.internal.expiry.ExpiryRenewal;
import org.storedb.internal.log.RecordExpiry;

/** Determines when documents that are written now expire. Safe for use by many threads. */
final class ExpirySettings {

    private final CatalogService catalog;
    private final InstantSource clock;

    ExpirySettings(Engine engine) {
        this.catalog = engine.catalog();
        this.clock = engine.environment().clock();
    }

    /**
     * Returns the expiry of a document that is written as a whole.
     *
     * @param wanted the expiry given by the writer, or {@code null}
     */
    RecordExpiry ofNew(CollectionEngine collection, byte[] document, @Nullable Expiry wanted) {
        if (wanted != null) {
            return wanted.toRecordExpiry(clock);
        }
        ExpiryRule rule = rule(collection);
        RecordExpiry inField = ofField(rule, collection, document);
        return inField.isNever() ? withoutField(rule) : inField;
    }

    private RecordExpiry withoutField(ExpiryRule rule) {
        if (rule.afterMillis() == 0) {
            return RecordExpiry.NEVER;
        }
        long nowMillis = clock.millis();
        return rule.sliding()
                ? ExpiryRenewal.sliding(rule.afterMillis(), nowMillis)
                : new RecordExpiry(nowMillis + rule.afterMillis(), 0);
    }

    /**
     * Returns the expiry of a document that is changed. An expiry that did not come from the field is kept; one that
     * did ends with the field.
     *
     * @param before the document as it was
     */
    RecordExpiry ofChanged(CollectionEngine collection, byte[] document, StoredDocument before) {
        ExpiryRule rule = rule(collection);
        RecordExpiry inField = ofField(rule, collection, document);
        if (!inField.isNever()) {
            return inField;
        }
        return isByField(rule, collection, before) ? withoutField(rule) : renewed(before.expiry());
    }

    private static boolean isByField(ExpiryRule rule, CollectionEngine collection, StoredDocument document) {
        RecordExpiry expiry = document.expiry();
        if (!rule.hasField() || expiry.isNever() || expiry.isSliding()) {
            return false;
        }
        try {
            return rule.fieldMillis(document.document(), collection.dictionary()) == expiry.millis();
        } catch (InvalidDocumentException e) { // It was stored before the rule existed.
            return false;
        }
    }

    /** Returns the expiry of a document that is used in any other way. */
    RecordExpiry renewed(RecordExpiry expiry) {
        return expiry.isSliding() ? ExpiryRenewal.renewed(expiry, clock.millis()) : expiry;
    }

    /** Returns the expiry that the given setting means for a document. */
    RecordExpiry of(Expiry wanted) {
        return wanted.toRecordExpiry(clock);
    }

    private ExpiryRule rule(CollectionEngine collection) {
        return catalog.expiryRule(collection.entry().treeId());
    }

    private static RecordExpiry ofField(ExpiryRule rule, CollectionEngine collection, byte[] document) {
        if (!rule.hasField()) {
            return RecordExpiry.NEVER;
        }
        EncodedValue value = EncodedValue.document(document, collection.dictionary());
        long millis = rule.fieldMillis(value, collection.dictionary());
        return millis == 0 ? RecordExpiry.NEVER : new RecordExpiry(millis, 0);
    }
}
