/** Tests of the log. */
@NullMarked
package org.storedb.internal.log;

import org.jspecify.annotations.NullMarked;
