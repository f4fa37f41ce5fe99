package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.internal.query.KeyPart.Form;
import org.storedb.query.Filter.Comparison;
import org.storedb.query.Filter.Operator;

/**
 * The part of planning that is common to all queries of one shape over one collection, whatever values they compare
 * with: which indexes can be used, which parts of their keys have bounds, which conditions remain to be tested, and the
 * order of the keys. Everything that depends on the values is determined anew for each query: the bounds themselves,
 * whether they contradict each other, the number of keys, and therefore the best way. Immutable.
 */
final class PlanShape implements ColumnFacts {

    private final List<String> fields = new ArrayList<>(); // each once
    private final List<Boolean> fixed = new ArrayList<>(); // for each of them
    private final List<Integer> fieldsOfConditions = new ArrayList<>();
    private final List<PathShape> paths = new ArrayList<>();
    private final PathOrder order;

    private PlanShape(QueryShape query, List<IndexShape> indexes) {
        for (Comparison condition : query.conditions()) {
            boolean fixes = condition.operator() == Operator.EQ;
            int field = fields.indexOf(condition.field());
            if (field < 0) {
                field = fields.size();
                fields.add(condition.field());
                fixed.add(fixes);
            } else if (fixes) {
                fixed.set(field, true);
            }
            fieldsOfConditions.add(field);
        }
        this.order = new PathOrder(query.sort(), this);
        addPaths(indexes);
    }

    /**
     * Returns the shape of the plans of queries; {@code null} if it depends on the values which indexes have all
     * matches.
     */
    static @Nullable PlanShape of(QueryShape query, List<IndexShape> indexes) {
        Set<String> asked = new HashSet<>();
        query.conditions().forEach(condition -> asked.add(condition.field()));
        for (IndexShape index : indexes) {
            if (index.given() != null || isFolded(index, asked)) {
                return null;
            }
        }
        return new PlanShape(query, indexes);
    }

    /** Returns whether an index has a field of these ignoring case, which only strings have. */
    private static boolean isFolded(IndexShape index, Set<String> asked) {
        for (KeyPart part : index.parts()) {
            if (part.column().form() == Form.FOLDED
                    && asked.contains(part.column().field())) {
                return true;
            }
        }
        return false;
    }

    /** Adds the paths that {@link AccessPaths} would find. */
    private void addPaths(List<IndexShape> indexes) {
        PathShape byId = path(null, AccessPaths.RECORD_KEY);
        paths.add(byId);
        if (byId.oneAtMost()) {
            return;
        }
        for (IndexShape index : indexes) {
            boolean isUseful = fieldOf(index.firstColumn()) >= 0 || order.mayBeOf(index.firstColumn());
            if (index.complete() && isUseful) {
                PathShape path = path(index.entry(), index.parts());
                if (path.oneAtMost()) {
                    paths.clear();
                    paths.add(path);
                    return;
                }
                paths.add(path);
            }
        }
    }

    private PathShape path(@Nullable IndexEntry index, List<KeyPart> parts) {
        List<Column> columns = new ArrayList<>();
        List<Integer> bounds = new ArrayList<>();
        boolean points = true;
        for (int part = 0; part < parts.size() && points; part++) {
            Column column = parts.get(part).column();
            int field = fieldOf(column);
            if (field < 0) {
                break;
            }
            columns.add(column);
            bounds.add(field);
            points = fixed.get(field);
        }
        points &= !bounds.isEmpty();
        List<Integer> residual = new ArrayList<>();
        for (int condition = 0; condition < fieldsOfConditions.size(); condition++) {
            if (!bounds.contains(fieldsOfConditions.get(condition))) {
                residual.add(condition);
            }
        }
        return new PathShape(
                index,
                parts,
                List.copyOf(columns),
                List.copyOf(bounds),
                points,
                index == null ? points : index.definition().unique() && hasFixed(parts),
                List.copyOf(residual));
    }

    /** Returns whether all parts of a key, except the id, have one value only. */
    private boolean hasFixed(List<KeyPart> parts) {
        for (KeyPart part : parts.subList(0, parts.size() - 1)) {
            int field = fieldOf(part.column());
            if (field < 0 || !fixed.get(field)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number of a column's field; -1 if nothing is known of its values. */
    private int fieldOf(Column column) {
        return column.form() == Form.EXACT ? fields.indexOf(column.field()) : -1;
    }

    PathOrder order() {
        return order;
    }

    /** Returns the paths to the documents that a query of this shape can match; none if no document can. */
    List<AccessPath> paths(QueryShape query, CollectionView collection) {
        KeyInterval[] values = values(query.conditions());
        if (values == null) {
            return List.of();
        }
        List<AccessPath> found = new ArrayList<>(paths.size());
        for (PathShape path : paths) {
            found.add(path.path(collection, values, query.conditions()));
        }
        return found;
    }

    /** Returns the values that each field can have, which are one interval; {@code null} if a field can have none. */
    private KeyInterval @Nullable [] values(List<Comparison> conditions) {
        KeyInterval[] values = new KeyInterval[fields.size()];
        for (int at = 0; at < conditions.size(); at++) {
            KeyInterval interval = FieldBounds.interval(conditions.get(at));
            int field = fieldsOfConditions.get(at);
            KeyInterval known = values[field];
            values[field] = known == null ? interval : known.intersect(interval);
            if (values[field].isEmpty()) {
                return null;
            }
        }
        return values;
    }

    @Override
    public boolean isFixed(Column column) {
        int field = mayBeOf(column) ? fields.indexOf(column.field()) : -1;
        return field >= 0 && fixed.get(field);
    }

    @Override
    public boolean isNeverNull(Column column) {
        return mayBeOf(column) && fields.contains(column.field());
    }

    /** Returns whether a comparison affects such a column; equal values are also equal ignoring case. */
    private static boolean mayBeOf(Column column) {
        return column.form() == Form.EXACT || column.form() == Form.FOLDED;
    }
}
