/** Tests of what describes documents and indexes. */
@NullMarked
package org.storedb.document;

import org.jspecify.annotations.NullMarked;
