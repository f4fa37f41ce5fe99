/** An application with two stores. */
@NullMarked
package org.storedb.spring.test.several;

import org.jspecify.annotations.NullMarked;
