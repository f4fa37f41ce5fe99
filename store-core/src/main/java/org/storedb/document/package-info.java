/** Document values, their conversion to and from Java objects, and the indexes on them. */
@NullMarked
package org.storedb.document;

import org.jspecify.annotations.NullMarked;
