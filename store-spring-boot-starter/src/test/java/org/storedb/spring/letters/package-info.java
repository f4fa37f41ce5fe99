/** Full-text search in a store that is not the first one of its application. */
@NullMarked
package org.storedb.spring.letters;

import org.jspecify.annotations.NullMarked;
