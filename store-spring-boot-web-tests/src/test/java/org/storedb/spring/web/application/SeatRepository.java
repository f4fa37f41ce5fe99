package org.storedb.spring.web.application;

import org.storedb.spring.data.repository.StoreRepository;

public interface SeatRepository extends StoreRepository<Seat, SeatId> {}
