package org.storedb.document;

/** Kind of a stored value, in the order in which values of different kinds are sorted. */
public enum ValueType {
    NULL,
    BOOLEAN,
    NUMBER,
    STRING,
    BINARY,
    ARRAY,
    OBJECT
}
