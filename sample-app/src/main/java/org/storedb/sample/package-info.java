/** The travel desk: places of the world to search, trips to plan and seats to book, all kept in a StoreDB store. */
@NullMarked
package org.storedb.sample;

import org.jspecify.annotations.NullMarked;
