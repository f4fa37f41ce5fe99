/** A repository declared only by its annotation. */
@NullMarked
package org.storedb.spring.autoconfigure.defined;

import org.jspecify.annotations.NullMarked;
