/** Tests of compression. */
@NullMarked
package org.storedb.internal.codec;

import org.jspecify.annotations.NullMarked;
