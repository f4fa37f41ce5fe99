@NullMarked
package org.storedb.sample.dataset;

import org.jspecify.annotations.NullMarked;
