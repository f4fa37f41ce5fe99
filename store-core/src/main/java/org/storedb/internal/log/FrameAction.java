package org.storedb.internal.log;

import java.io.IOException;

/** An action to perform on each frame that is read. */
@FunctionalInterface
public interface FrameAction {

    /** Called for each frame; an exception ends the reading and is propagated. */
    void accept(Frame frame) throws IOException;
}
