package org.storedb.spring.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Builder of the contexts of {@link DataStoreTest}s. */
class DataStoreTestContextBootstrapper extends TestSliceTestContextBootstrapper<DataStoreTest> {}
