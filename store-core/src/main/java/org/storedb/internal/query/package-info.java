/** Turns queries into plans, chosen by actual counts, and runs them. */
@NullMarked
package org.storedb.internal.query;

import org.jspecify.annotations.NullMarked;
