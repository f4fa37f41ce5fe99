/** What is in the second one. */
@NullMarked
package org.storedb.spring.test.several.archive;

import org.jspecify.annotations.NullMarked;
