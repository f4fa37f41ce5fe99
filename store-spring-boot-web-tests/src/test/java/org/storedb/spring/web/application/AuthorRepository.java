package org.storedb.spring.web.application;

import org.storedb.spring.data.repository.StoreRepository;

public interface AuthorRepository extends StoreRepository<Author, Long> {}
