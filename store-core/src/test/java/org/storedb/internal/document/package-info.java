/** Tests of the document layer. */
@NullMarked
package org.storedb.internal.document;

import org.jspecify.annotations.NullMarked;
