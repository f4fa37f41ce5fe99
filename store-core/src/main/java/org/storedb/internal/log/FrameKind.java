package org.storedb.internal.log;

import org.jspecify.annotations.Nullable;

/** The purpose of a frame. */
public enum FrameKind {

    /** One commit: all its operations have the frame's sequence. */
    COMMIT(1),

    /** Live records that compaction copied: each operation has the sequence of the commit that first wrote it. */
    RELOCATION(2),

    /** The last frame of a sealed segment: figures of all others in it, see {@link SegmentFigures}; no operations. */
    FOOTER(3);

    private final int code;

    FrameKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static @Nullable FrameKind of(int code) {
        return switch (code) {
            case 1 -> COMMIT;
            case 2 -> RELOCATION;
            case 3 -> FOOTER;
            default -> null;
        };
    }
}
