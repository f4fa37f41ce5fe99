/** The guides of the project that need a whole application to run. */
@NullMarked
package org.storedb.spring.test.documentation;

import org.jspecify.annotations.NullMarked;
