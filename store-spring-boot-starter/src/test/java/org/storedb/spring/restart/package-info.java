/** Applications that stop and start again. */
@NullMarked
package org.storedb.spring.restart;

import org.jspecify.annotations.NullMarked;
