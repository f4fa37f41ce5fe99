/** Views: what functions of the documents emit, ordered by key, to be read by key and by place. */
@NullMarked
package org.storedb.view;

import org.jspecify.annotations.NullMarked;
