/** What an application needs to know of its entities before it is started from what was generated ahead of time. */
@NullMarked
package org.storedb.spring.data.aot;

import org.jspecify.annotations.NullMarked;
