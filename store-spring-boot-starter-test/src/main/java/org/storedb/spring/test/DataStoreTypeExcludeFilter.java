package org.storedb.spring.test;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Filter that excludes the components of an application that a {@link DataStoreTest} does not include. */
final class DataStoreTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<DataStoreTest> {

    DataStoreTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }
}
