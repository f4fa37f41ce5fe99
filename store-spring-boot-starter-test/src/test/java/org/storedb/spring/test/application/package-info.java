/** A small application with more than its repositories. */
@NullMarked
package org.storedb.spring.test.application;

import org.jspecify.annotations.NullMarked;
