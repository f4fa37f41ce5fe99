package org.storedb.internal.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The segments at one moment, found by id. Immutable. */
public final class SegmentTable {

    /** No segments. */
    public static final SegmentTable EMPTY = new SegmentTable(0, new Segment[0]);

    private final int firstId;
    private final Segment[] byId; // byId[i] has the id firstId + i, or is null

    private SegmentTable(int firstId, Segment[] byId) {
        this.firstId = firstId;
        this.byId = byId;
    }

    static SegmentTable of(Collection<Segment> segments) {
        if (segments.isEmpty()) {
            return EMPTY;
        }
        int first = Integer.MAX_VALUE;
        int last = 0;
        for (Segment segment : segments) {
            first = Math.min(first, segment.id());
            last = Math.max(last, segment.id());
        }
        Segment[] byId = new Segment[last - first + 1];
        for (Segment segment : segments) {
            byId[segment.id() - first] = segment;
        }
        return new SegmentTable(first, byId);
    }

    /** Returns these segments and some more. */
    SegmentTable with(Collection<Segment> added) {
        List<Segment> all = new ArrayList<>(all());
        all.addAll(added);
        return of(all);
    }

    /** Returns these segments without some. */
    SegmentTable without(Set<Integer> ids) {
        return of(all().stream().filter(segment -> !ids.contains(segment.id())).toList());
    }

    /**
     * Returns the segment with this id; throws an {@code IllegalStateException} if there is none, which a pointer never
     * names.
     */
    public Segment get(int id) {
        int index = id - firstId;
        if (index < 0 || index >= byId.length || byId[index] == null) {
            throw new IllegalStateException("There is no segment " + id);
        }
        return byId[index];
    }

    /** Returns whether there is a segment with this id. */
    public boolean contains(int id) {
        int index = id - firstId;
        return index >= 0 && index < byId.length && byId[index] != null;
    }

    /** Returns all segments, by id. */
    public List<Segment> all() {
        List<Segment> all = new ArrayList<>();
        for (Segment segment : byId) {
            if (segment != null) {
                all.add(segment);
            }
        }
        return all;
    }

    /** Closes every file, even if closing some of them fails. */
    void closeFiles() throws IOException {
        Throwable first = null;
        for (Segment segment : all()) {
            try {
                segment.file().close();
            } catch (IOException | RuntimeException | Error e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw new IOException("Cannot close a segment: " + first.getMessage(), first);
        }
    }

    /** Returns the bytes of all segments. */
    public long bytes() {
        long bytes = 0;
        for (Segment segment : byId) {
            if (segment != null) {
                bytes += segment.bytes();
            }
        }
        return bytes;
    }
}
