/** Tests of the text form of queries. */
@NullMarked
package org.storedb.query.text;

import org.jspecify.annotations.NullMarked;
