package org.storedb.sample.place;

import org.storedb.spring.data.repository.StoreRepository;

public interface PlaceRepository extends StoreRepository<Place, String>, PlaceSearch {}
