package org.storedb.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers separated by dots, ordered by the first number that differs; {@code 3} equals {@code 3.0} and {@code 03}. */
record Version(List<Long> numbers) implements Comparable<Version> {

    private static final Pattern TEXT = Pattern.compile("\\d{1,18}(\\.\\d{1,18}){0,7}");

    static Version parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a migration version; write numbers separated by dots, such as 3, 3.1 or 20261121.2");
        }
        List<Long> numbers = new ArrayList<>();
        for (String number : text.split("\\.", -1)) {
            numbers.add(Long.parseLong(number));
        }
        while (numbers.size() > 1 && numbers.get(numbers.size() - 1) == 0) {
            numbers.remove(numbers.size() - 1);
        }
        return new Version(List.copyOf(numbers));
    }

    @Override
    public int compareTo(Version other) {
        int common = Math.min(numbers.size(), other.numbers.size());
        for (int i = 0; i < common; i++) {
            int order = Long.compare(numbers.get(i), other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(numbers.size(), other.numbers.size());
    }

    @Override
    public String toString() {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining("."));
    }
}
