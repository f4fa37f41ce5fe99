package org.storedb.document;

/** The type of a stored value, in the order in which values of different types sort. */
public enum ValueType {
    NULL,
    BOOLEAN,
    NUMBER,
    STRING,
    BINARY,
    ARRAY,
    OBJECT
}
