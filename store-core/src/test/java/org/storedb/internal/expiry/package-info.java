/** Tests of what is done about records that expire. */
@NullMarked
package org.storedb.internal.expiry;

import org.jspecify.annotations.NullMarked;
