package org.storedb.sample.trip;

import java.util.List;
import org.storedb.spring.data.repository.StoreRepository;

public interface BookingRepository extends StoreRepository<Booking, String> {

    List<Booking> findByTripIdOrderByBookedAt(String tripId);
}
