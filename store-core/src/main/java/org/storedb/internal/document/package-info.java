/** Documents over bytes: their stored layout, the ordered form of their values for index keys, and the codecs. */
@NullMarked
package org.storedb.internal.document;

import org.jspecify.annotations.NullMarked;
