package org.storedb.sample.trip;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A client's request to book seats. */
public record BookingRequest(
        @NotBlank @Size(max = 200) String traveller,
        @NotNull @Min(1) @Max(1000) Integer seats) {}
