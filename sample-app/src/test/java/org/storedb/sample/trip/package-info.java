@NullMarked
package org.storedb.sample.trip;

import org.jspecify.annotations.NullMarked;
