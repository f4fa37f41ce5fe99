package org.storedb.internal.query;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.document.FieldReader;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Measure;

/** Groups from all matching documents, read once; only the requested fields of each are decoded. */
final class DocumentGroups implements GroupSource {

    private final Function<Filter, Iterator<FoundDocument>> documents;
    private final FieldDictionary dictionary;

    /**
     * Creates groups of the documents of a collection.
     *
     * @param documents finds the matches of a filter, in any order
     */
    DocumentGroups(Function<Filter, Iterator<FoundDocument>> documents, FieldDictionary dictionary) {
        this.documents = documents;
        this.dictionary = dictionary;
    }

    @Override
    public Iterator<Group> groups(Aggregation aggregation) {
        List<FieldReader> groupReaders = aggregation.groupBy().stream()
                .map(field -> FieldReader.of(field, dictionary))
                .toList();
        List<Reading> readings = aggregation.measures().stream()
                .map(measure -> Reading.of(measure, dictionary))
                .toList();
        TreeMap<byte[], Accumulator[]> groups = new TreeMap<>(Arrays::compareUnsigned);
        if (groupReaders.isEmpty()) {
            groups.put(new byte[0], accumulators(readings));
        }
        KeyEncoder keys = new KeyEncoder();
        documents.apply(aggregation.filter()).forEachRemaining(found -> {
            keys.reset();
            groupReaders.forEach(reader -> keys.append(reader.read(found.document())));
            Accumulator[] group = groups.computeIfAbsent(keys.toBytes(), key -> accumulators(readings));
            for (int at = 0; at < group.length; at++) {
                group[at].add(readings.get(at).value(found.document()));
            }
        });
        return groups.entrySet().stream().map(DocumentGroups::group).iterator();
    }

    private static Accumulator[] accumulators(List<Reading> readings) {
        return readings.stream()
                .map(reading -> Accumulator.of(reading.measure()))
                .toArray(Accumulator[]::new);
    }

    private static Group group(Map.Entry<byte[], Accumulator[]> entry) {
        return new Group(
                entry.getKey(),
                Arrays.stream(entry.getValue()).map(Accumulator::result).toList());
    }

    /** A measure and the reader of its field. */
    private record Reading(Measure measure, @Nullable FieldReader reader) {

        static Reading of(Measure measure, FieldDictionary dictionary) {
            String field = measure.field();
            return new Reading(measure, field == null ? null : FieldReader.of(field, dictionary));
        }

        @Nullable
        EncodedValue value(EncodedValue document) {
            return reader == null ? null : reader.read(document);
        }
    }
}
