package org.storedb.spring.library;

import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.data.search.TextSearchExecutor;

public interface Novels extends StoreRepository<Novel, String>, TextSearchExecutor<Novel> {}
