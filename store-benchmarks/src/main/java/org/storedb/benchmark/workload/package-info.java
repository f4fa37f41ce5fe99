/** What is done to an engine and how it is measured; knows no particular engine. */
@NullMarked
package org.storedb.benchmark.workload;

import org.jspecify.annotations.NullMarked;
