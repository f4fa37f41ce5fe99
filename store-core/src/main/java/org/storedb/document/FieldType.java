package org.storedb.document;

/** The type of the values that a field is declared to have. */
public enum FieldType {
    /** Not declared: any value. */
    ANY,
    BOOLEAN,
    NUMBER,
    STRING,
    BINARY,
    ARRAY,
    OBJECT
}
