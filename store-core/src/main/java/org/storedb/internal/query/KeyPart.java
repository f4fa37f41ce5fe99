package org.storedb.internal.query;

import org.storedb.document.DocumentCodec;
import org.storedb.document.IndexDefinition.Part;
import org.storedb.query.Sort.Direction;

/**
 * One of the values that a key consists of.
 *
 * @param column what value of a document it is
 * @param descending whether greater values come first
 */
record KeyPart(Column column, boolean descending) {

    /** The id, which every key ends with. */
    static final KeyPart ID = new KeyPart(new Column(DocumentCodec.ID_FIELD, Form.EXACT), false);

    static KeyPart of(Part part) {
        return new KeyPart(Column.of(part), part.direction() == Direction.DESCENDING);
    }

    /** What is made of a field's value before it becomes part of a key. */
    enum Form {
        /** The value as it is, or null if the field is missing. */
        EXACT,
        /** The same, but a string without its case. */
        FOLDED,
        /** Each element of the array. */
        ELEMENT,
        /** Each element, strings without their case. */
        FOLDED_ELEMENT,
        /** The cell that a point lies in; what is no point has no key. */
        PLACE,
        /** Each different word of a string, or of the strings in an array. */
        WORD
    }

    /** A field in one form. */
    record Column(String field, Form form) {

        static Column exact(String field) {
            return new Column(field, Form.EXACT);
        }

        static Column of(Part part) {
            if (part.place()) {
                return new Column(part.field(), Form.PLACE);
            }
            if (part.words()) {
                return new Column(part.field(), Form.WORD);
            }
            if (part.eachElement()) {
                return new Column(part.field(), part.caseInsensitive() ? Form.FOLDED_ELEMENT : Form.ELEMENT);
            }
            return new Column(part.field(), part.caseInsensitive() ? Form.FOLDED : Form.EXACT);
        }

        /** Whether a document has any number of values for it, where others have one. */
        boolean isElement() {
            return form == Form.ELEMENT || form == Form.FOLDED_ELEMENT || form == Form.WORD;
        }

        /** Whether there are documents without a key because of it, unless a query asks for values of it. */
        boolean isSparse() {
            return isElement() || form == Form.PLACE;
        }

        @Override
        public String toString() {
            return switch (form) {
                case EXACT -> field;
                case FOLDED -> "lower(" + field + ")";
                case ELEMENT -> "each element of " + field;
                case FOLDED_ELEMENT -> "each element of lower(" + field + ")";
                case PLACE -> "place " + field;
                case WORD -> "words of " + field;
            };
        }
    }
}
