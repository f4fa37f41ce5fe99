/** Keeps the rows of views in trees, and brings them up to date by what has changed. */
@NullMarked
package org.storedb.internal.view;

import org.jspecify.annotations.NullMarked;
