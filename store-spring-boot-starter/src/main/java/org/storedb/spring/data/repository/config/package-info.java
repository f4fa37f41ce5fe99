/** Configuration of the store's repositories. */
@NullMarked
package org.storedb.spring.data.repository.config;

import org.jspecify.annotations.NullMarked;
