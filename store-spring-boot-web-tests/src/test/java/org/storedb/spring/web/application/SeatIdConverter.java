package org.storedb.spring.web.application;

import java.io.Serializable;
import org.springframework.data.rest.webmvc.spi.BackendIdConverter;
import org.springframework.stereotype.Component;

/** The form of a {@link SeatId} in addresses, such as {@code LH1-12}. */
@Component
public class SeatIdConverter implements BackendIdConverter {

    @Override
    public Serializable fromRequestId(String id, Class<?> entityType) {
        int dash = id.lastIndexOf('-');
        return new SeatId(id.substring(0, dash), Integer.parseInt(id.substring(dash + 1)));
    }

    @Override
    public String toRequestId(Serializable id, Class<?> entityType) {
        SeatId seat = (SeatId) id;
        return seat.flight() + '-' + seat.number();
    }

    @Override
    public boolean supports(Class<?> entityType) {
        return entityType == Seat.class;
    }
}
