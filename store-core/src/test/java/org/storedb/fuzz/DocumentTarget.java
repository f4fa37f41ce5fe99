package org.storedb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.storedb.document.ValueType;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.HeapFieldDictionary;
import org.storedb.internal.document.MalformedDocumentException;

/** Documents as they are stored. */
public final class DocumentTarget {

    private static final HeapFieldDictionary FIELDS = new HeapFieldDictionary(2);

    static {
        FIELDS.idOf("name");
        FIELDS.idOf("born");
    }

    private DocumentTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            EncodedValue document = EncodedValue.document(data, FIELDS);
            Object value = document.toObject();
            assertThat(value == null).as("whether it is null").isEqualTo(document.type() == ValueType.NULL);
        } catch (MalformedDocumentException e) {
            assertThat(e).hasMessageMatching("(?s).{5,}");
        }
    }
}
