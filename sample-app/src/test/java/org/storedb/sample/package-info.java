@NullMarked
package org.storedb.sample;

import org.jspecify.annotations.NullMarked;
