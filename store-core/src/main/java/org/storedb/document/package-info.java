/** Document values, and their conversion to and from Java objects. */
@NullMarked
package org.storedb.document;

import org.jspecify.annotations.NullMarked;
