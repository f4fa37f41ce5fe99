package org.storedb.sample.trip;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;

/** A client's request to plan a trip. */
public record TripRequest(
        @NotBlank String placeId,
        @NotNull LocalDate departure,
        @NotNull @Min(1) @Max(1000) Integer seats) {}
