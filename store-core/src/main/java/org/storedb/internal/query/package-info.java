/** Plans and runs queries. */
@NullMarked
package org.storedb.internal.query;

import org.jspecify.annotations.NullMarked;
