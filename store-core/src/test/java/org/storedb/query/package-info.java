/** Tests of the descriptions of queries. */
@NullMarked
package org.storedb.query;

import org.jspecify.annotations.NullMarked;
