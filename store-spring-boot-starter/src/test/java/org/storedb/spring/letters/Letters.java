package org.storedb.spring.letters;

import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.data.search.TextSearchExecutor;

public interface Letters extends StoreRepository<Letter, String>, TextSearchExecutor<Letter> {}
