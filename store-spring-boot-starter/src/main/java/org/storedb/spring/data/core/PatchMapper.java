package org.storedb.spring.data.core;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentPatch.Change;
import org.storedb.document.FieldType;
import org.storedb.spring.data.core.convert.QueryField;

/** Translator of patches from the properties of an entity to the fields of its documents. */
final class PatchMapper {

    private final FilterMapper fields;
    private final String owner;

    PatchMapper(FilterMapper fields, String owner) {
        this.fields = fields;
        this.owner = owner;
    }

    DocumentPatch toStored(DocumentPatch patch) {
        DocumentPatch stored = DocumentPatch.empty();
        for (Change change : patch.changes()) {
            stored = with(stored, change);
        }
        return stored;
    }

    private DocumentPatch with(DocumentPatch patch, Change change) {
        QueryField field = fields.field(change.field());
        String path = field.path();
        if (change instanceof Change.Set set) {
            return patch.set(path, stored(field, set.value()));
        }
        if (change instanceof Change.Unset) {
            return patch.unset(path);
        }
        if (change instanceof Change.Increment increment) {
            return patch.increment(numeric(field, change), increment.amount());
        }
        if (change instanceof Change.Multiply multiply) {
            return patch.multiply(numeric(field, change), multiply.factor());
        }
        if (change instanceof Change.Min min) {
            return patch.min(path, field.toAssigned(min.value()));
        }
        if (change instanceof Change.Max max) {
            return patch.max(path, field.toAssigned(max.value()));
        }
        if (change instanceof Change.Rename rename) {
            return patch.rename(path, renamed(field, rename).path());
        }
        QueryField array = fields.multiValued(change.field());
        if (change instanceof Change.Push push) {
            return patch.push(path, newElement(array, push.element()));
        }
        if (change instanceof Change.AddToSet add) {
            return patch.addToSet(path, newElement(array, add.element()));
        }
        if (change instanceof Change.Pull pull) {
            return patch.pull(path, element(array, pull.element()));
        }
        throw new IllegalArgumentException("Not translated: " + change);
    }

    private @Nullable Object stored(QueryField field, @Nullable Object value) {
        return value == null ? null : field.toAssigned(value);
    }

    private @Nullable Object newElement(QueryField array, @Nullable Object element) {
        return element == null ? null : array.elementToAssigned(element);
    }

    private @Nullable Object element(QueryField array, @Nullable Object element) {
        return element == null ? null : array.elementToStored(element);
    }

    private QueryField renamed(QueryField field, Change.Rename rename) {
        QueryField target = fields.field(rename.newField());
        if (field.differsFrom(target)) {
            throw new InvalidDataAccessApiUsageException(
                    "'%s' of %s is stored as %s, so it cannot become '%s', which is %s"
                            .formatted(rename.field(), owner, field.type(), rename.newField(), target.type()));
        }
        return target;
    }

    private String numeric(QueryField field, Change change) {
        if (field.type() != FieldType.NUMBER && field.type() != FieldType.ANY) {
            throw new InvalidDataAccessApiUsageException(
                    "'%s' of %s is not stored as a number".formatted(change.field(), owner));
        }
        return field.path();
    }
}
