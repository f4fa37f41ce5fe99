/** Changes to the documents of a store that come with a version of an application, each made once. */
@NullMarked
package org.storedb.migration;

import org.jspecify.annotations.NullMarked;
