/** Ahead-of-time processing of an application's entities. */
@NullMarked
package org.storedb.spring.data.aot;

import org.jspecify.annotations.NullMarked;
