package org.storedb.error;

import java.util.List;
import java.util.stream.Collectors;
import org.storedb.document.DocumentViolation;

/** Thrown when the validator of a collection rejects a document; nothing was written. */
public class DocumentViolationException extends InvalidDocumentException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN_MAX = 20;

    private final transient List<DocumentViolation> violations;

    public DocumentViolationException(String collection, List<DocumentViolation> violations) {
        super("A document cannot be stored in collection '" + collection + "': " + shown(violations));
        this.violations = List.copyOf(violations);
    }

    /** Returns all violations of the document. */
    public List<DocumentViolation> violations() {
        return violations;
    }

    private static String shown(List<DocumentViolation> violations) {
        String first = violations.stream()
                .limit(SHOWN_MAX)
                .map(DocumentViolation::toString)
                .collect(Collectors.joining("; "));
        int more = violations.size() - SHOWN_MAX;
        return more > 0 ? first + "; and " + more + " more" : first;
    }
}
