/** Campaigns: a store under every way of being cut short, compared with a model of what it must contain. */
@NullMarked
package org.storedb.crash;

import org.jspecify.annotations.NullMarked;
