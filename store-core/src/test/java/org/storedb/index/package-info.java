/** Tests of what defines indexes. */
@NullMarked
package org.storedb.index;

import org.jspecify.annotations.NullMarked;
