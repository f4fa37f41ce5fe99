/** Tests of query planning and execution. */
@NullMarked
package org.storedb.internal.query;

import org.jspecify.annotations.NullMarked;
