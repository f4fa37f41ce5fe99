package org.storedb.internal.log;

import java.io.IOException;

/** What is to be done with each frame that is read. */
@FunctionalInterface
public interface FrameAction {

    /** Called for each frame; an exception ends the reading and is thrown on. */
    void accept(Frame frame) throws IOException;
}
