package org.storedb.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Changes as lines of text, to be compared: {@code UPDATE people ada 1 Ada}. */
public final class ChangeLines {

    private ChangeLines() {}

    /** All that is there to read, confirmed. */
    public static List<String> drain(ChangeReader reader) {
        List<String> lines = new ArrayList<>();
        for (ChangeTransaction next = reader.poll(); next != null; next = reader.poll()) {
            lines.addAll(of(next));
        }
        return lines;
    }

    /** The changes of one transaction. */
    public static List<String> of(ChangeTransaction transaction) {
        return transaction.changes().stream().map(ChangeLines::of).toList();
    }

    /** Kind, place, id or key and, unless it is gone, revision and name, or the value. */
    public static String of(Change change) {
        if (change instanceof DocumentChange document) {
            String after = document.isRemoval()
                    ? ""
                    : " " + document.revision().getAsLong() + " "
                            + document.after().toMap().get("name");
            return document.kind() + " " + document.collection() + " " + document.id() + after;
        }
        ValueChange value = (ValueChange) change;
        String after = value.isRemoval() ? "" : " " + new String(value.value(), UTF_8);
        return value.kind() + " " + value.keyspace() + " " + new String(value.key(), UTF_8) + after;
    }
}
