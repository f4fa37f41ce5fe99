/** Changes of entities, delivered to methods of the application. */
@NullMarked
package org.storedb.spring.data.change;

import org.jspecify.annotations.NullMarked;
