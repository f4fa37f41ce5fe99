package org.storedb.sample.trip;

import java.util.List;
import org.storedb.spring.data.repository.StoreRepository;

public interface TripRepository extends StoreRepository<Trip, String> {

    List<Trip> findByPlaceIdOrderByDeparture(String placeId);
}
