/** What documents are made of, how they are converted to and from Java objects, and which indexes they have. */
@NullMarked
package org.storedb.document;

import org.jspecify.annotations.NullMarked;
