/** An application with full-text search. */
@NullMarked
package org.storedb.spring.autoconfigure.library;

import org.jspecify.annotations.NullMarked;
