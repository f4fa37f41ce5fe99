/** Queries of repository methods, derived from their names or given as text. */
@NullMarked
package org.storedb.spring.data.repository.query;

import org.jspecify.annotations.NullMarked;
