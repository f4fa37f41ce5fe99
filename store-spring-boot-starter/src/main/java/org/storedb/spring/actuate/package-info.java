/** Actuator endpoints, health and metrics of a store. */
@NullMarked
package org.storedb.spring.actuate;

import org.jspecify.annotations.NullMarked;
