package org.storedb.internal.document;

import java.util.ArrayList;
import java.util.List;

/** Paths of fields: names separated by dots. */
public final class FieldPaths {

    private FieldPaths() {}

    public static String[] split(String path) {
        List<String> names = new ArrayList<>();
        int from = 0;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
            names.add(path.substring(from, dot));
            from = dot + 1;
        }
        names.add(path.substring(from));
        return names.toArray(String[]::new);
    }
}
