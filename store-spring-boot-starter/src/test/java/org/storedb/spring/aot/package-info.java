/** An application that is processed ahead of time. */
@NullMarked
package org.storedb.spring.aot;

import org.jspecify.annotations.NullMarked;
