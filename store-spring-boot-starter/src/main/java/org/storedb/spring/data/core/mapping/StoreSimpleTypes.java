package org.storedb.spring.data.core.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.geo.Point;
import org.springframework.data.mapping.model.SimpleTypeHolder;

/** The types that are stored as a single value, not as an object of properties. */
public final class StoreSimpleTypes {

    public static final SimpleTypeHolder HOLDER = new SimpleTypeHolder(
            Set.of(
                    BigDecimal.class,
                    BigInteger.class,
                    UUID.class,
                    URI.class,
                    Currency.class,
                    Instant.class,
                    LocalDate.class,
                    LocalDateTime.class,
                    LocalTime.class,
                    OffsetDateTime.class,
                    OffsetTime.class,
                    ZonedDateTime.class,
                    ZoneId.class,
                    ZoneOffset.class,
                    Duration.class,
                    Period.class,
                    Year.class,
                    YearMonth.class,
                    MonthDay.class,
                    Point.class),
            true);

    private StoreSimpleTypes() {}
}
