/** Tests of repositories and of what uses them, on a store in memory. */
@NullMarked
package org.storedb.spring.test;

import org.jspecify.annotations.NullMarked;
