/** An application with full-text search. */
@NullMarked
package org.storedb.spring.library;

import org.jspecify.annotations.NullMarked;
