/** Keeps the rows of views in trees, and updates them with what has changed. */
@NullMarked
package org.storedb.internal.view;

import org.jspecify.annotations.NullMarked;
