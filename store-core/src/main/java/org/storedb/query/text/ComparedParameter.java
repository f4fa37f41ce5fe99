package org.storedb.query.text;

/**
 * A parameter that a condition compares with a field.
 *
 * @param field the path of the field
 * @param parameter the name of the parameter; its number if it has no name
 * @param several whether the parameter may also stand for several values, as that of {@code in}
 */
public record ComparedParameter(String field, String parameter, boolean several) {}
