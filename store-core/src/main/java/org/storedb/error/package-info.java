/**
 * Everything the store throws, under {@link org.storedb.error.StoreException}. Messages name the thing and say what to
 * do. Plain misuse of the API (a null, a count below zero in an option) is an {@code IllegalArgumentException}.
 */
@NullMarked
package org.storedb.error;

import org.jspecify.annotations.NullMarked;
