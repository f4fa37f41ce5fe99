/** Brings the places of the data set into the store when the application starts for the first time. */
@NullMarked
package org.storedb.sample.dataset;

import org.jspecify.annotations.NullMarked;
