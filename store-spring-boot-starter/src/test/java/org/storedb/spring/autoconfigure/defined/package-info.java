/** A repository that is one by its annotation. */
@NullMarked
package org.storedb.spring.autoconfigure.defined;

import org.jspecify.annotations.NullMarked;
