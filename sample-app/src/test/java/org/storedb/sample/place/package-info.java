@NullMarked
package org.storedb.sample.place;

import org.jspecify.annotations.NullMarked;
