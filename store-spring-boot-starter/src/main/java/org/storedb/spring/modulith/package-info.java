/** The event publication registry of Spring Modulith in a store. */
@NullMarked
package org.storedb.spring.modulith;

import org.jspecify.annotations.NullMarked;
