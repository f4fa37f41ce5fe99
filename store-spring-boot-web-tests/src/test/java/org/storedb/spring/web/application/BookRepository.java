package org.storedb.spring.web.application;

import java.util.Optional;
import org.springframework.data.domain.OffsetScrollPosition;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Window;
import org.springframework.data.rest.core.annotation.RestResource;
import org.storedb.spring.data.repository.Query;
import org.storedb.spring.data.repository.StoreRepository;

public interface BookRepository extends StoreRepository<Book, String> {

    Page<Book> findByPriceLessThan(int price, Pageable pageable);

    Optional<Book> findByTitle(String title);

    @RestResource(path = "cheap")
    @Query("find books where price <= :price order by price, title")
    Page<Book> cheap(int price, Pageable pageable);

    @RestResource(exported = false)
    Window<Book> findTop2ByOrderByPrice(OffsetScrollPosition position);
}
