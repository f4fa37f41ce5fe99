package org.storedb.spring.test;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Leaves out the components of an application that a {@link DataStoreTest} does not ask for. */
final class DataStoreTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<DataStoreTest> {

    DataStoreTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }
}
