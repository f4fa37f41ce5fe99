package org.storedb.query.text;

import org.storedb.query.Filter;

/** A filter that waits for the values of its parameters. */
@FunctionalInterface
interface Condition {

    Filter bind(Arguments arguments);
}
