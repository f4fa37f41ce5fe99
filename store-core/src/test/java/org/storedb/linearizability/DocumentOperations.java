package org.storedb.linearizability;

import java.util.Map;
import java.util.Objects;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;

/** Documents with a unique and a common index, which comes and goes. */
@Param(name = "id", gen = IntGen.class, conf = "1:3")
@Param(name = "seat", gen = IntGen.class, conf = "1:2")
public class DocumentOperations {

    private final DocumentCollection<Map<String, @Nullable Object>> seats =
            Stores.inMemory().collection("seats");

    public DocumentOperations() {
        seats.createIndex(IndexDefinition.uniqueOn("seat"));
    }

    @Operation
    public boolean take(@Param(name = "id") int id, @Param(name = "seat") int seat) {
        try {
            seats.save(Map.of("id", id, "seat", seat, "row", seat % 2));
            return true;
        } catch (UniqueIndexViolationException e) {
            return false;
        }
    }

    @Operation
    public boolean leave(@Param(name = "id") int id) {
        return seats.delete(id);
    }

    @Operation
    public @Nullable Integer holderOf(@Param(name = "seat") int seat) {
        return seats.findOne(Query.where(Filter.eq("seat", seat)))
                .map(document -> ((Number) Objects.requireNonNull(document.get("id"))).intValue())
                .orElse(null);
    }

    @Operation
    public long takenIn(@Param(name = "seat") int seat) {
        return seats.count(Query.where(Filter.eq("row", seat % 2)));
    }

    @Operation(nonParallelGroup = "index")
    public void createIndex() {
        seats.createIndex(IndexDefinition.on("row"));
    }

    @Operation(nonParallelGroup = "index")
    public boolean dropIndex() {
        return seats.dropIndex("row");
    }
}
