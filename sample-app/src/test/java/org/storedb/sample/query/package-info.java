/** What the store finds among all places, beside what plain Java finds. */
@NullMarked
package org.storedb.sample.query;

import org.jspecify.annotations.NullMarked;
