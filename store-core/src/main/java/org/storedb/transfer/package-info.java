/** Documents in and out: JSON files and folders of them, of one collection at a time. Built on the public API alone. */
@NullMarked
package org.storedb.transfer;

import org.jspecify.annotations.NullMarked;
