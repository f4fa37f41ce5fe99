package org.storedb.internal.query;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.storedb.index.IndexDefinition;
import org.storedb.index.IndexDefinition.Part;
import org.storedb.index.IndexDefinition.Part.Kind;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Operator;
import org.storedb.query.Sort.Direction;

/** Makes indexes of any kind out of plain ones. */
final class RandomIndexKinds {

    private final Random random;

    RandomIndexKinds(Random random) {
        this.random = random;
    }

    /** The same fields, perhaps descending, without case, one for each element or for words, and for some of the documents only. */
    IndexDefinition vary(IndexDefinition definition) {
        int repeated = random.nextInt(2 * definition.parts().size());
        Kind kind = random.nextInt(3) == 0 ? Kind.WORDS : Kind.EACH_ELEMENT;
        List<Part> parts = definition.fields().stream()
                .map(field -> part(field, definition.fields().indexOf(field) == repeated ? kind : Kind.VALUE))
                .toList();
        return new IndexDefinition(definition.name(), parts, false, random.nextInt(3) == 0 ? filter(1) : null);
    }

    private Part part(String field, Kind kind) {
        Direction direction = random.nextBoolean() ? Direction.ASCENDING : Direction.DESCENDING;
        boolean caseInsensitive = random.nextInt(3) == 0 && kind != Kind.WORDS;
        return new Part(field, kind, caseInsensitive, direction);
    }

    /** One that an index can have, of a kind that queries have often enough. */
    Filter filter(int depth) {
        String field = List.of("a", "b", "c", "n.x", "t").get(random.nextInt(5));
        Filter filter = switch (random.nextInt(depth > 0 ? 12 : 8)) {
            case 0 -> Filter.exists(field);
            case 1 -> Filter.isNull(field);
            case 2 -> Filter.in("a", List.of(random.nextInt(4), random.nextInt(4), "b"));
            case 3 -> Filter.startsWith("b", random.nextBoolean() ? "a" : "B");
            case 4 -> Filter.hasElement("t", random.nextInt(4));
            case 5 -> random.nextBoolean() ? Filter.contains("b", "A") : Filter.endsWith("b", "b");
            case 6 -> Filter.eq("b", random.nextBoolean() ? "a" : "A");
            case 7 -> new Filter.Comparison("a", operator(), random.nextInt(4), false);
            case 8 -> filter(depth - 1).and(filter(depth - 1));
            case 9 -> filter(depth - 1).or(filter(depth - 1));
            case 10 -> Filter.not(filter(depth - 1));
            default -> new Filter.Comparison("c", operator(), random.nextInt(30), false);
        };
        return random.nextInt(4) == 0 ? filter.ignoringCase() : filter;
    }

    Operator operator() {
        List<Operator> all = List.copyOf(EnumSet.allOf(Operator.class));
        return all.get(random.nextInt(all.size()));
    }
}
