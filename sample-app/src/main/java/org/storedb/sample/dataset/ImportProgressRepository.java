package org.storedb.sample.dataset;

import org.storedb.spring.data.repository.StoreRepository;

public interface ImportProgressRepository extends StoreRepository<ImportProgress, String> {}
