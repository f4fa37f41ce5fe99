package org.storedb.spring.autoconfigure;

import java.util.List;
import org.storedb.spring.data.repository.StoreRepository;

/** A repository for the repository scan to find. */
interface ReadingRepository extends StoreRepository<Reading, String> {

    List<Reading> findBySensor(String sensor);
}
