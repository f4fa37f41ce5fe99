package org.storedb.benchmark.repository;

import java.util.List;
import java.util.SplittableRandom;
import org.springframework.data.domain.PageRequest;
import org.storedb.benchmark.workload.Operation;

/** The calls that read random customers. Each verifies what it found. */
final class CustomerReads {

    private static final int PAGE_SIZE = 20;
    private static final PageRequest FIRST_PAGE = PageRequest.ofSize(PAGE_SIZE);

    private final CustomerRepository customers;
    private final long count;

    /** Creates reads of an application that has exactly the first {@code count} customers. */
    CustomerReads(CustomerRepository customers, long count) {
        this.customers = customers;
        this.count = count;
    }

    Operation operation(RepositoryRow row) {
        return switch (row) {
            case FIND_BY_ID, FIND_BY_ID_2 -> this::findById;
            case FIND_BY_EMAIL, FIND_BY_EMAIL_2 -> this::findByEmail;
            case EXISTS_BY_EMAIL, EXISTS_BY_EMAIL_2 -> this::existsByEmail;
            case FIND_BY_CITY, FIND_BY_CITY_2 -> this::findByCity;
            case PAGE_BY_CITY, PAGE_BY_CITY_2 -> this::pageByCity;
            case PAGE_BY_AGE, PAGE_BY_AGE_2 -> this::pageByAge;
            case SLICE_BY_AGE, SLICE_BY_AGE_2 -> this::sliceByAge;
            case COUNT_BY_CITY, COUNT_BY_CITY_2 -> this::countByCity;
            case FIND_ALL -> random -> size(customers.findAll(), count);
            default -> throw new IllegalArgumentException("Row '" + row.id() + "' reads nothing");
        };
    }

    private long findById(SplittableRandom random) {
        return customers
                .findById(Customer.idOf(random.nextLong(count)))
                .orElseThrow()
                .getAge();
    }

    private long findByEmail(SplittableRandom random) {
        return customers
                .findByEmail(Customer.emailOf(random.nextLong(count)))
                .orElseThrow()
                .getAge();
    }

    /** Checks the existence of emails, half of which do not exist. */
    private long existsByEmail(SplittableRandom random) {
        long number = random.nextLong(2 * count);
        boolean exists = customers.existsByEmail(Customer.emailOf(number));
        if (exists != number < count) {
            throw new IllegalStateException("Customer " + number + (exists ? " exists" : " is missing"));
        }
        return number;
    }

    private long findByCity(SplittableRandom random) {
        long number = random.nextLong(count);
        return size(customers.findByCity(Customer.cityOf(number)), inCityOf(number));
    }

    private long pageByCity(SplittableRandom random) {
        long number = random.nextLong(count);
        var page = customers.findByCityOrderByLastName(Customer.cityOf(number), FIRST_PAGE);
        return size(page.getContent(), Math.min(PAGE_SIZE, inCityOf(number))) + page.getTotalElements();
    }

    private long pageByAge(SplittableRandom random) {
        int from = 18 + random.nextInt(50);
        var page = customers.findByAgeBetween(from, from + 9, FIRST_PAGE);
        return size(page.getContent(), PAGE_SIZE) + page.getTotalElements();
    }

    private long sliceByAge(SplittableRandom random) {
        int from = 18 + random.nextInt(50);
        return size(customers.findSliceByAgeBetween(from, from + 9, FIRST_PAGE).getContent(), PAGE_SIZE);
    }

    private long countByCity(SplittableRandom random) {
        long number = random.nextLong(count);
        return sameSize(customers.countByCity(Customer.cityOf(number)), inCityOf(number));
    }

    private long inCityOf(long number) {
        return (count - number % Customer.CITIES + Customer.CITIES - 1) / Customer.CITIES;
    }

    private static long size(List<Customer> found, long expected) {
        return sameSize(found.size(), expected);
    }

    private static long sameSize(long found, long expected) {
        if (found != expected) {
            throw new IllegalStateException("Found " + found + " customers, not " + expected);
        }
        return found;
    }
}
