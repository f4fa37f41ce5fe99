package org.storedb.benchmark.document;

/** A document of ten fields; stores keep an index on {@code city}. */
public record Customer(
        String id,
        String email,
        String firstName,
        String lastName,
        String city,
        int age,
        double balance,
        boolean active,
        String createdAt,
        String remark) {

    private static final int CITIES = 1000;

    /** Returns the customer with this number, which is always the same. */
    public static Customer ofNumber(long number) {
        return new Customer(
                idOf(number),
                "customer" + number + "@example.org",
                "First" + number % 211,
                "Last" + number % 1009,
                "City" + number % CITIES,
                (int) (18 + number % 70),
                number * 0.25,
                number % 3 == 0,
                "2026-11-20T12:00:00Z",
                "Customer number " + number + " of the benchmark");
    }

    /** Returns the id of the customer with this number. */
    public static String idOf(long number) {
        return "customer-" + Long.toHexString(number * 0x9E37_79B9_7F4A_7C15L);
    }
}
