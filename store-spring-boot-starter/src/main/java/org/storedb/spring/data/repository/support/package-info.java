/** Runtime implementation of the store's repositories. */
@NullMarked
package org.storedb.spring.data.repository.support;

import org.jspecify.annotations.NullMarked;
