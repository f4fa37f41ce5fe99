/** The parts of StoreDB, measured by JMH. */
package org.storedb.benchmark.jmh;
