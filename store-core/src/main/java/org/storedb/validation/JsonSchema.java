package org.storedb.validation;

import java.util.List;
import org.storedb.document.DocumentValidator;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentViolation;
import org.storedb.error.MissingLibraryException;
import org.storedb.internal.json.SchemaChecks;

/**
 * A JSON Schema, of draft 4, 6, 7, 2019-09 or 2020-12, as its {@code $schema} says; 2020-12 without one. Needs the optional
 * library {@code com.networknt:json-schema-validator}.
 *
 * <pre>{@code
 * StoreOptions.defaults().withValidator("places", JsonSchema.parse(text));
 * }</pre>
 *
 * <p>References to other files are not followed. Bytes count as strings, their Base64; whole numbers of any size as {@code
 * integer}, and so do 1.0 and other numbers without a fraction. Immutable.
 */
public final class JsonSchema implements DocumentValidator {

    private final SchemaChecks checks;

    private JsonSchema(SchemaChecks checks) {
        this.checks = checks;
    }

    /**
     * The schema with this text.
     *
     * @throws IllegalArgumentException if it is no schema, or refers to another file
     * @throws MissingLibraryException if the library is not there
     */
    public static JsonSchema parse(String text) {
        try {
            return new JsonSchema(SchemaChecks.parse(text));
        } catch (NoClassDefFoundError e) {
            throw new MissingLibraryException(
                    "JSON Schema needs the library com.networknt:json-schema-validator, which cannot be loaded (" + e
                            + "); add it to the dependencies of the application",
                    e);
        }
    }

    @Override
    public List<DocumentViolation> validate(DocumentValue document) {
        return checks.validate(document);
    }
}
