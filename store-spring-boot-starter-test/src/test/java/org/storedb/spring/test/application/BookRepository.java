package org.storedb.spring.test.application;

import java.util.Optional;
import org.storedb.spring.data.repository.StoreRepository;

public interface BookRepository extends StoreRepository<Book, String> {

    Optional<Book> findByIsbn(String isbn);
}
