/** Tests of repositories, and of code that uses them, on an in-memory store. */
@NullMarked
package org.storedb.spring.test;

import org.jspecify.annotations.NullMarked;
