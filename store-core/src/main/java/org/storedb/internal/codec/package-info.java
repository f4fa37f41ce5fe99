/** Compression of single values. The libraries are optional; whoever uses a method needs the one that it names. */
@NullMarked
package org.storedb.internal.codec;

import org.jspecify.annotations.NullMarked;
