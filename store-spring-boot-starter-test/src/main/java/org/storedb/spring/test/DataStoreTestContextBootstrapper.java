package org.storedb.spring.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Builds the contexts of {@link DataStoreTest}s. */
class DataStoreTestContextBootstrapper extends TestSliceTestContextBootstrapper<DataStoreTest> {}
