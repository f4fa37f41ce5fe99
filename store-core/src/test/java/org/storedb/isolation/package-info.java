/** What transactions may see of each other: known anomalies as scripts, and histories judged by a checker. */
@NullMarked
package org.storedb.isolation;

import org.jspecify.annotations.NullMarked;
