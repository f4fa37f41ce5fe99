/** Callbacks and events when entities are stored, read and deleted. */
@NullMarked
package org.storedb.spring.data.core.event;

import org.jspecify.annotations.NullMarked;
