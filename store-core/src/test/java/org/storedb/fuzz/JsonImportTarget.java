package org.storedb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.storedb.Store;
import org.storedb.error.ImportFailedException;
import org.storedb.maintenance.ImportReport;
import org.storedb.query.Query;
import org.storedb.transfer.JsonExport;
import org.storedb.transfer.JsonFormat;
import org.storedb.transfer.JsonImport;

/** Any text is imported or rejected, as lines and as an array; what was imported comes back from its own export. */
public final class JsonImportTarget {

    private JsonImportTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try (Store store = Store.openInMemory()) {
            for (JsonFormat format : JsonFormat.values()) {
                ImportReport report = imported(store, format.name(), data, format);
                assertThat(report.stored())
                        .isEqualTo(store.collection(format.name()).count());
                ByteArrayOutputStream exported = new ByteArrayOutputStream();
                JsonExport.of(store, format.name()).to(exported, format);
                String copy = format.name() + "-copy";
                assertThat(imported(store, copy, exported.toByteArray(), format).stored())
                        .isEqualTo(report.stored());
                ByteArrayOutputStream again = new ByteArrayOutputStream();
                JsonExport.of(store, copy).to(again, format);
                assertThat(again.toByteArray()).isEqualTo(exported.toByteArray());
                assertThat(store.collection(copy).count(Query.all())).isEqualTo(report.stored());
            }
        }
    }

    private static ImportReport imported(Store store, String collection, byte[] data, JsonFormat format) {
        try {
            return JsonImport.into(store, collection)
                    .withRejectionsMax(Long.MAX_VALUE)
                    .from(new ByteArrayInputStream(data), format);
        } catch (ImportFailedException e) {
            assertThat(format).as("lines are rejected alone").isEqualTo(JsonFormat.ARRAY);
            assertThat(e).hasMessageContaining("line ");
            return e.report();
        }
    }
}
