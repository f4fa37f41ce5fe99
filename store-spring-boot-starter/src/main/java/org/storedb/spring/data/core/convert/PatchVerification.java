package org.storedb.spring.data.core.convert;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;
import org.springframework.util.StringUtils;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentPatch.Change;
import org.storedb.document.DocumentValue;
import org.storedb.document.ValueType;
import org.storedb.error.InvalidDocumentException;

/**
 * Sees to it that what a patch sets can be read as the properties it is for. Only these properties are looked at, so that
 * a document with another one that cannot be read can still be changed; each is read as a whole, with all that is in it.
 */
final class PatchVerification {

    private PatchVerification() {}

    /**
     * Looks at a document after a patch.
     *
     * @throws InvalidDocumentException if a property that was set cannot be read
     */
    static void verify(ObjectMapper mapper, DocumentValue document, DocumentPatch patch) {
        Set<String> verified = new HashSet<>();
        for (Change change : patch.changes()) {
            String path = pathSet(change);
            if (path != null && verified.add(rootOf(path))) {
                verify(mapper.propertyByField(rootOf(path)), document, path);
            }
        }
    }

    private static void verify(@Nullable PropertyMapper property, DocumentValue document, String path) {
        DocumentValue field = document.field(rootOf(path));
        if (property == null || field == null || field.type() == ValueType.NULL) {
            return;
        }
        try {
            property.value().verify(field);
        } catch (MappingException e) { // It names the property already.
            throw unreadable(document, path, e);
        } catch (RuntimeException e) {
            throw unreadable(document, path, property.failure("read", e));
        }
    }

    /** The path of the field that a change gives a value; {@code null} if it only takes away. */
    private static @Nullable String pathSet(Change change) {
        if (change instanceof Change.Unset || change instanceof Change.Pull) {
            return null;
        }
        return change instanceof Change.Rename rename ? rename.newField() : change.field();
    }

    private static String rootOf(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    private static InvalidDocumentException unreadable(DocumentValue document, String path, MappingException cause) {
        return new InvalidDocumentException(
                "Field \"%s\" cannot become %s: %s".formatted(path, valueAt(document, path), cause.getMessage()),
                cause);
    }

    private static String valueAt(DocumentValue document, String path) {
        @Nullable DocumentValue value = document;
        for (String name : path.split("\\.", -1)) {
            value = value == null || value.type() != ValueType.OBJECT ? null : value.field(name);
        }
        return value == null ? "absent" : StringUtils.truncate(String.valueOf(value.toObject()));
    }
}
