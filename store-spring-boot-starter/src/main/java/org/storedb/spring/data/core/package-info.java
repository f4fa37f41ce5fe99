/** Storing and finding entities without a repository: {@link org.storedb.spring.data.core.StoreTemplate}. */
@NullMarked
package org.storedb.spring.data.core;

import org.jspecify.annotations.NullMarked;
