package org.storedb.validation;

import java.util.List;
import org.storedb.document.DocumentValidator;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentViolation;
import org.storedb.error.MissingLibraryException;
import org.storedb.internal.json.SchemaChecks;

/**
 * A JSON Schema of draft 4, 6, 7, 2019-09 or 2020-12, as given by its {@code $schema}; 2020-12 by default. Needs the
 * optional library {@code com.networknt:json-schema-validator}.
 *
 * <pre>{@code
 * StoreOptions.defaults().withValidator("places", JsonSchema.parse(text));
 * }</pre>
 *
 * <p>References to other files are not followed. Bytes count as strings, in Base64; whole numbers of any size as
 * {@code integer}, as do 1.0 and other numbers without a fraction. Immutable.
 */
public final class JsonSchema implements DocumentValidator {

    private final SchemaChecks checks;

    private JsonSchema(SchemaChecks checks) {
        this.checks = checks;
    }

    /**
     * Parses a schema.
     *
     * @throws IllegalArgumentException if it is not a schema, or refers to another file
     * @throws MissingLibraryException if the library is missing
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
