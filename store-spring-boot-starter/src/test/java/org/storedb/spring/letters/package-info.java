/** Full-text search in an additional store of an application. */
@NullMarked
package org.storedb.spring.letters;

import org.jspecify.annotations.NullMarked;
