/** Nitrite, which has no repositories for this version of Spring. */
@NullMarked
package org.storedb.benchmark.repository.nitrite;

import org.jspecify.annotations.NullMarked;
