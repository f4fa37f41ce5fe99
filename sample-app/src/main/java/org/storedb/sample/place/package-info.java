/** Places, and how they are stored and searched. */
@NullMarked
package org.storedb.sample.place;

import org.jspecify.annotations.NullMarked;
