/** What a second store has. */
@NullMarked
package org.storedb.spring.autoconfigure.archive;

import org.jspecify.annotations.NullMarked;
