package org.storedb.spring.data.core.convert;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;
import org.springframework.util.StringUtils;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentPatch.Change;
import org.storedb.document.DocumentValue;
import org.storedb.document.ValueType;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.StoreException;

/**
 * Verification that the properties a patch has changed can still be read. Only these properties are checked, so that a
 * document in which another one cannot be read can still be changed; each is read as a whole, with everything nested in
 * it. If a constructor argument is left without a value, the entity is created as well.
 */
final class PatchVerification {

    private PatchVerification() {}

    /**
     * Verifies a document after a patch.
     *
     * @param version a valid value of the entity's version property
     * @throws InvalidDocumentException if the id was changed, or if a changed property cannot be read, or cannot be
     *     absent
     */
    static void verify(EntityMapper mapper, DocumentValue document, @Nullable Object version, DocumentPatch patch) {
        @Nullable String lacking = null;
        for (String path : changedPaths(patch)) {
            PropertyMapper property = mapper.propertyByField(rootOf(path));
            DocumentValue field = document.field(rootOf(path));
            if (property != null && mapper.entity().isIdProperty(property.property())) { // A composite one.
                throw new InvalidDocumentException("A patch cannot change the id of a document");
            }
            if (property != null && field != null && field.type() != ValueType.NULL) {
                verify(property, field, document, path);
            } else if (property != null && property.creatorArgument() && lacking == null) {
                lacking = path;
            }
        }
        if (lacking != null) {
            verifyWithout(lacking, mapper, document, version);
        }
    }

    private static void verify(PropertyMapper property, DocumentValue field, DocumentValue document, String path) {
        try {
            property.value().verify(field);
        } catch (MappingException e) { // Its message already names the property.
            throw unreadable(document, path, e);
        } catch (RuntimeException e) {
            throw unreadable(document, path, property.failure("read", e));
        }
    }

    private static void verifyWithout(
            String path, EntityMapper mapper, DocumentValue document, @Nullable Object version) {
        try {
            @Nullable Object unused = mapper.read(document, version);
        } catch (StoreException e) {
            throw e;
        } catch (MappingException e) {
            // Another property cannot be read, nor could it be before.
        } catch (RuntimeException e) {
            throw unreadable(document, path, e);
        }
    }

    /** Returns one path for each property that is changed other than by removing an element. */
    private static Collection<String> changedPaths(DocumentPatch patch) {
        Map<String, String> byRoot = new LinkedHashMap<>();
        for (Change change : patch.changes()) {
            if (!(change instanceof Change.Pull)) {
                byRoot.putIfAbsent(rootOf(change.field()), change.field());
            }
            if (change instanceof Change.Rename rename) {
                byRoot.putIfAbsent(rootOf(rename.newField()), rename.newField());
            }
        }
        return byRoot.values();
    }

    private static String rootOf(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    private static InvalidDocumentException unreadable(DocumentValue document, String path, RuntimeException cause) {
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
