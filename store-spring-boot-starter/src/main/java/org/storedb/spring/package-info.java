/** The store. */
@NullMarked
package org.storedb.spring;

import org.jspecify.annotations.NullMarked;
