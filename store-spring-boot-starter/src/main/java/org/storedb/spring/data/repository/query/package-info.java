/** Turns the names of repository methods into queries. */
@NullMarked
package org.storedb.spring.data.repository.query;

import org.jspecify.annotations.NullMarked;
