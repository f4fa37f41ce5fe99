package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.internal.document.KeyDecoder;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.query.Aggregation;
import org.storedb.query.Measure;

/**
 * Groups from the keys of an index alone. The documents of a group are a run of keys; a long run is not walked over:
 * the tree knows how many keys it has, and where the next one begins. Sums are impossible this way: a key does not tell
 * the class in which a number was stored, on which the class of the sum depends.
 */
final class IndexGroups implements GroupSource {

    /** Longer runs are counted by the tree, which costs as much as walking over this many keys. */
    private static final int WALK_MAX = 16;

    private static final byte NULL = KeyEncoder.firstByte(ValueType.NULL);

    private final CountedTree<?> tree;
    private final AccessPath path;
    private final Layout layout;
    private long keysRead;

    private IndexGroups(CountedTree<?> tree, AccessPath path, Layout layout) {
        this.tree = tree;
        this.path = path;
        this.layout = layout;
    }

    /** Returns the groups of an aggregation, or {@code null} if no index has everything that it requests. */
    static @Nullable IndexGroups of(Aggregation aggregation, CollectionView collection) {
        Conjunction conjunction = new Conjunction(aggregation.filter());
        if (conjunction.isContradictory()) {
            return null;
        }
        AccessPath path = new AccessPaths(collection, conjunction)
                .all().stream()
                        .filter(each -> each.coversFilter() && !each.points() && !each.repeating())
                        .filter(each -> Layout.of(aggregation, each, conjunction) != null)
                        .min(Comparator.comparingLong(AccessPath::rows))
                        .orElse(null);
        Layout layout = path == null ? null : Layout.of(aggregation, path, conjunction);
        return path == null || layout == null
                ? null
                : new IndexGroups(new KeySources(collection).tree(path), path, layout);
    }

    /** Returns the path to the keys that the groups are made of. */
    AccessPath path() {
        return path;
    }

    /** Returns how many keys have been walked over, excluding what the tree counted. */
    long keysRead() {
        return keysRead;
    }

    @Override
    public Iterator<Group> groups(Aggregation aggregation) {
        List<Group> groups = new ArrayList<>();
        Run current = aggregation.groupBy().isEmpty() ? new Run(new byte[0], layout.descending()) : null;
        for (TreeRange range : path.ranges()) {
            TreeCursor<?> cursor = tree.cursor(range);
            byte[] key = next(cursor);
            while (key != null) {
                byte[] prefix = Arrays.copyOf(key, positions(key)[layout.prefixParts()]);
                byte[] groupKey = layout.groupKey(key, positions(key));
                if (current == null || !Arrays.equals(current.key, groupKey)) {
                    if (current != null) {
                        groups.add(current.toGroup(aggregation));
                    }
                    current = new Run(groupKey, layout.descending());
                }
                int walked = 0;
                while (key != null && walked < WALK_MAX && startsWith(key, prefix)) {
                    current.add(key, positions(key), layout.prefixParts());
                    key = next(cursor);
                    walked++;
                }
                if (key != null && startsWith(key, prefix)) {
                    TreeRange rest = Position.intersection(new TreeRange(key, TreeRange.afterPrefix(prefix)), range);
                    addAll(current, rest, prefix);
                    cursor = tree.cursor(
                            Position.intersection(new TreeRange(TreeRange.afterPrefix(prefix), null), range));
                    key = TreeRange.afterPrefix(prefix) == null ? null : next(cursor);
                }
            }
        }
        if (current != null) {
            groups.add(current.toGroup(aggregation));
        }
        return groups.iterator();
    }

    /** Adds all keys of a range that begin with {@code prefix}, using the tree. */
    private void addAll(Run run, TreeRange range, byte[] prefix) {
        run.count += tree.count(range);
        byte[] afterNulls = appended(prefix, (byte) (NULL + 1));
        byte[] descendingNulls = appended(prefix, (byte) ~NULL);
        TreeRange present = layout.descending()
                ? Position.intersection(new TreeRange(null, descendingNulls), range)
                : Position.intersection(new TreeRange(afterNulls, null), range);
        long values = tree.count(present);
        if (values > 0) {
            long start = TreeWalk.startRank(tree, present);
            byte[] first = TreeWalk.keyAt(tree, start);
            byte[] last = TreeWalk.keyAt(tree, start + values - 1);
            run.values += values;
            run.extend(value(first));
            run.extend(value(last));
        }
    }

    private byte[] value(byte[] key) {
        int[] positions = positions(key);
        return Arrays.copyOfRange(key, positions[layout.prefixParts()], positions[layout.prefixParts() + 1]);
    }

    /** Returns where the first parts of a key begin, up to the one after the prefix, and where that ends. */
    private int[] positions(byte[] key) {
        int[] positions = new int[layout.prefixParts() + 2];
        KeyDecoder decoder = new KeyDecoder(key);
        for (int part = 0; part <= layout.prefixParts(); part++) {
            positions[part] = decoder.position();
            decoder.skip();
        }
        positions[layout.prefixParts() + 1] = decoder.position();
        return positions;
    }

    private byte @Nullable [] next(TreeCursor<?> cursor) {
        if (!cursor.next()) {
            return null;
        }
        keysRead++;
        return cursor.key();
    }

    private static byte[] appended(byte[] prefix, byte last) {
        byte[] longer = Arrays.copyOf(prefix, prefix.length + 1);
        longer[prefix.length] = last;
        return longer;
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The figures of a group's keys so far. */
    private static final class Run {

        private final byte[] key;
        private final boolean descending;
        private long count;
        private long values; // Of the part after the prefix, excluding nulls.
        private byte @Nullable [] smallest; // In key order.
        private byte @Nullable [] greatest;

        Run(byte[] key, boolean descending) {
            this.key = key;
            this.descending = descending;
        }

        void add(byte[] indexKey, int[] positions, int part) {
            count++;
            byte first = indexKey[positions[part]];
            if (first != NULL && first != (byte) ~NULL) {
                values++;
                extend(Arrays.copyOfRange(indexKey, positions[part], positions[part + 1]));
            }
        }

        void extend(byte[] value) {
            if (smallest == null || Arrays.compareUnsigned(value, smallest) < 0) {
                smallest = value;
            }
            if (greatest == null || Arrays.compareUnsigned(value, greatest) > 0) {
                greatest = value;
            }
        }

        Group toGroup(Aggregation aggregation) {
            List<@Nullable Object> figures = new ArrayList<>();
            for (Measure measure : aggregation.measures()) {
                figures.add(figure(measure, aggregation.groupBy()));
            }
            return new Group(key, figures);
        }

        private @Nullable Object figure(Measure measure, List<String> groupBy) {
            if (measure.field() == null) {
                return count;
            }
            int groupField = groupBy.indexOf(measure.field());
            if (groupField >= 0) {
                KeyDecoder decoder = new KeyDecoder(key);
                for (int field = 0; field < groupField; field++) {
                    decoder.skip();
                }
                Object value = decoder.next();
                return measure.function() == Measure.Function.COUNT ? (Long) (value == null ? 0 : count) : value;
            }
            if (measure.function() == Measure.Function.COUNT) {
                return values;
            }
            boolean lowest = (measure.function() == Measure.Function.MIN) != descending;
            byte[] value = lowest ? smallest : greatest;
            return value == null ? null : KeyDecoder.decode(value);
        }
    }

    /**
     * How the keys of an index contain what an aggregation requests.
     *
     * @param prefixParts number of parts at the start that are equal in all keys of a group
     * @param groupParts which of these parts are the fields of the groups
     * @param descending whether the part after them is descending
     */
    private record Layout(int prefixParts, List<Integer> groupParts, boolean descending) {

        static @Nullable Layout of(Aggregation aggregation, AccessPath path, Conjunction conjunction) {
            List<Integer> groupParts = new ArrayList<>();
            int part = 0;
            for (String field : aggregation.groupBy()) {
                while (part < path.parts().size() && isFixed(path.parts().get(part), conjunction, field)) {
                    part++;
                }
                if (part == path.parts().size() || !path.parts().get(part).equals(ascending(field))) {
                    return null;
                }
                groupParts.add(part++);
            }
            while (part < path.parts().size() - 1
                    && isFixed(path.parts().get(part), conjunction, null)
                    && !isMeasured(path.parts().get(part), aggregation)) {
                part++;
            }
            if (part == path.parts().size()) {
                return null; // Grouped by the id: as many groups as documents.
            }
            KeyPart next = path.parts().get(part);
            for (Measure measure : aggregation.measures()) {
                if (!isKnown(measure, aggregation, next)) {
                    return null;
                }
            }
            return new Layout(part, groupParts, next.descending());
        }

        private static KeyPart ascending(String field) {
            return new KeyPart(Column.exact(field), false);
        }

        /** Returns whether a part has one value in all keys, and is not the wanted one. */
        private static boolean isFixed(KeyPart part, Conjunction conjunction, @Nullable String wanted) {
            return !part.column().field().equals(wanted)
                    && (part.column().isElement() || conjunction.isFixed(part.column()));
        }

        private static boolean isMeasured(KeyPart part, Aggregation aggregation) {
            return aggregation.measures().stream()
                    .anyMatch(measure -> part.column().field().equals(measure.field()));
        }

        private static boolean isKnown(Measure measure, Aggregation aggregation, KeyPart next) {
            boolean ofValues = measure.function() == Measure.Function.COUNT
                    || measure.function() == Measure.Function.MIN
                    || measure.function() == Measure.Function.MAX;
            String field = measure.field();
            return ofValues
                    && (field == null
                            || aggregation.groupBy().contains(field)
                            || next.column().equals(Column.exact(field)));
        }

        byte[] groupKey(byte[] key, int[] positions) {
            KeyEncoder encoder = new KeyEncoder();
            for (int part : groupParts) {
                encoder.appendBytes(Arrays.copyOfRange(key, positions[part], positions[part + 1]));
            }
            return encoder.toBytes();
        }
    }
}
