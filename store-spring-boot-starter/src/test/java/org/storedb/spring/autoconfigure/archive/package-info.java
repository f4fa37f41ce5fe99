/** The repositories of a second store. */
@NullMarked
package org.storedb.spring.autoconfigure.archive;

import org.jspecify.annotations.NullMarked;
