/** Compression of single values. The libraries are optional; using a method requires the one that it names. */
@NullMarked
package org.storedb.internal.codec;

import org.jspecify.annotations.NullMarked;
