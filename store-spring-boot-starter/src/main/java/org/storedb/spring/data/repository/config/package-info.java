/** Switches repositories on. */
@NullMarked
package org.storedb.spring.data.repository.config;

import org.jspecify.annotations.NullMarked;
