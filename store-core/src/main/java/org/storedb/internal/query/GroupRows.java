package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.DocumentEncoder;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.document.KeyDecoder;
import org.storedb.internal.document.MalformedDocumentException;
import org.storedb.internal.document.PlainValues;
import org.storedb.internal.query.GroupSource.Group;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Row;
import org.storedb.query.Sort;

/**
 * Makes the rows of an aggregation from its groups: selects, sorts and slices them. A row is tested and sorted like a
 * document whose fields are named by the column numbers.
 */
final class GroupRows {

    /** The dictionary of documents with inline names. */
    static final FieldDictionary NO_NAMES = new FieldDictionary() {
        @Override
        public int idOf(String name) {
            return UNKNOWN;
        }

        @Override
        public int find(String name) {
            return UNKNOWN;
        }

        @Override
        public String nameOf(int id) {
            throw new MalformedDocumentException("A row has no name with id " + id);
        }
    };

    private final Aggregation aggregation;
    private final List<String> columns;
    private final DocumentEncoder encoder = new DocumentEncoder(NO_NAMES);

    GroupRows(Aggregation aggregation) {
        this.aggregation = aggregation;
        this.columns = aggregation.columns();
    }

    List<Row> of(Iterator<Group> groups) {
        boolean sorted = !aggregation.sort().isUnsorted();
        boolean chosen = !aggregation.having().equals(Filter.all());
        Predicate<EncodedValue> having = FilterMatcher.compile(aggregation.having(), NO_NAMES, this::path);
        SortKeys sortKeys = new SortKeys(orders(), NO_NAMES);
        List<Candidate> candidates = new ArrayList<>();
        while (groups.hasNext()) {
            Group group = groups.next();
            List<@Nullable Object> values = values(group);
            EncodedValue document = sorted || chosen ? document(values) : null;
            if (document == null || having.test(document)) {
                byte[] sortKey = document == null ? group.key() : sortKeys.of(document, group.key());
                candidates.add(new Candidate(sortKey, values));
            }
        }
        if (sorted) {
            candidates.sort(Candidate.ORDER);
        }
        return candidates.stream()
                .skip(aggregation.offset())
                .limit(aggregation.limit())
                .map(candidate -> Row.of(columns, candidate.values()))
                .toList();
    }

    private List<@Nullable Object> values(Group group) {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        KeyDecoder key = new KeyDecoder(group.key());
        for (int field = 0; field < aggregation.groupBy().size(); field++) {
            values.add(key.next());
        }
        values.addAll(group.figures());
        return values;
    }

    private EncodedValue document(List<@Nullable Object> values) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int column = 0; column < values.size(); column++) {
            Object value = values.get(column);
            fields.put(Integer.toString(column), value instanceof Number number ? PlainValues.storable(number) : value);
        }
        encoder.reset();
        encoder.writeValue(fields);
        return EncodedValue.document(encoder.toBytes(), NO_NAMES);
    }

    private String path(String column) {
        return Integer.toString(columns.indexOf(column));
    }

    private List<Sort.Order> orders() {
        return aggregation.sort().orders().stream()
                .map(order -> order.by(path(order.field())))
                .toList();
    }

    /** A row that waits for its turn. */
    @SuppressWarnings("ArrayRecordComponent") // Compared only by its order.
    private record Candidate(byte[] sortKey, List<@Nullable Object> values) {

        static final Comparator<Candidate> ORDER =
                (first, second) -> Arrays.compareUnsigned(first.sortKey, second.sortKey);
    }
}
