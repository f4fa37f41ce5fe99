/**
 * The exceptions of the store, all under {@link org.storedb.error.StoreException}. Messages name what is affected and
 * say what to do. Plain misuse of the API (a null, a negative count in an option) is an
 * {@code IllegalArgumentException}.
 */
@NullMarked
package org.storedb.error;

import org.jspecify.annotations.NullMarked;
