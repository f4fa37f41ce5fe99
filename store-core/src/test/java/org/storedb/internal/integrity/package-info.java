@NullMarked
package org.storedb.internal.integrity;

import org.jspecify.annotations.NullMarked;
