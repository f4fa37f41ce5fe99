package org.storedb.query.text;

import org.storedb.query.Filter;

/** A filter whose parameters are not bound yet. */
@FunctionalInterface
interface Condition {

    Filter bind(Arguments arguments);
}
