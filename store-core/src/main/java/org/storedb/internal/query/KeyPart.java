package org.storedb.internal.query;

import org.storedb.document.DocumentCodec;
import org.storedb.index.IndexDefinition.Part;
import org.storedb.query.Sort.Direction;

/**
 * One of the values of which a key consists.
 *
 * @param column which value of a document it is
 * @param descending whether greater values come first
 */
record KeyPart(Column column, boolean descending) {

    /** The id, with which every key ends. */
    static final KeyPart ID = new KeyPart(new Column(DocumentCodec.ID_FIELD, Form.EXACT), false);

    static KeyPart of(Part part) {
        return new KeyPart(Column.of(part), part.direction() == Direction.DESCENDING);
    }

    /** The form that a field's value takes as a part of a key. */
    enum Form {
        /** The value itself, or null if the field is missing. */
        EXACT,
        /** The value itself, or a string ignoring case. */
        FOLDED,
        /** Each element of the array. */
        ELEMENT,
        /** Each element, strings ignoring case. */
        FOLDED_ELEMENT,
        /** The cell that contains a point; a value that is not a point has no key. */
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
            boolean folded = part.caseInsensitive();
            Form form = switch (part.kind()) {
                case VALUE -> folded ? Form.FOLDED : Form.EXACT;
                case EACH_ELEMENT -> folded ? Form.FOLDED_ELEMENT : Form.ELEMENT;
                case PLACE -> Form.PLACE;
                case WORDS -> Form.WORD;
            };
            return new Column(part.field(), form);
        }

        /** Returns whether a document can have any number of values for it, instead of one. */
        boolean isElement() {
            return form == Form.ELEMENT || form == Form.FOLDED_ELEMENT || form == Form.WORD;
        }

        /**
         * Returns whether it leaves some documents without a key, so that it can only be used by queries with a
         * condition on it.
         */
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
