/** Queries as text, with parameters: parses {@code find places where population >= :min} and writes queries back. */
@NullMarked
package org.storedb.query.text;

import org.jspecify.annotations.NullMarked;
