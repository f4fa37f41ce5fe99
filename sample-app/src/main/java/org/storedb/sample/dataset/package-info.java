/** Import of the places of the data set into the store when the application first starts. */
@NullMarked
package org.storedb.sample.dataset;

import org.jspecify.annotations.NullMarked;
