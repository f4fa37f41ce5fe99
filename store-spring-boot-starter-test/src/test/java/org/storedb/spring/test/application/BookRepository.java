package org.storedb.spring.test.application;

import java.util.List;
import java.util.Optional;
import org.springframework.cache.annotation.Cacheable;
import org.storedb.spring.data.repository.StoreRepository;

public interface BookRepository extends StoreRepository<Book, String> {

    Optional<Book> findByIsbn(String isbn);

    @Cacheable("titles")
    List<Book> findByTitle(String title);
}
