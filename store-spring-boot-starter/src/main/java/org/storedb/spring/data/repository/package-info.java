/** Repositories over collections of documents. */
@NullMarked
package org.storedb.spring.data.repository;

import org.jspecify.annotations.NullMarked;
