package org.storedb.testing;

import java.io.IOException;
import java.util.List;
import org.storedb.storage.StorageFullException;
import org.storedb.testing.IoOperation.Kind;

/**
 * Makes the operation of one number fail, or that one and all after it, as a simulated disk would: a failed sync loses
 * what it was to make durable, although it can still be seen.
 */
public final class IoFaults implements IoInterceptor {

    private final SimulatedDirectory directory;
    private final Fault fault;
    private final boolean forever;
    private final long first;
    private long count;
    private long fired;
    private boolean healed;
    private boolean interrupted;

    /**
     * Faults of a directory.
     *
     * @param first number of the operation that fails first, from 0; only operations that the fault can hit count
     * @param forever whether all after it fail, too
     */
    public IoFaults(SimulatedDirectory directory, Fault fault, long first, boolean forever) {
        this.directory = directory;
        this.fault = fault;
        this.first = first;
        this.forever = forever;
    }

    /** Number of operations that the fault could have hit. */
    public long count() {
        return count;
    }

    /** How often it did. */
    public long fired() {
        return fired;
    }

    /** Whether the thread was interrupted since the last time that this was asked. */
    public boolean takeInterrupted() {
        boolean taken = interrupted;
        interrupted = false;
        return taken;
    }

    /** Ends it. */
    public void heal() {
        healed = true;
    }

    @Override
    public void before(IoOperation operation) throws IOException {
        if (healed || !fault.hits(operation.kind())) {
            return;
        }
        long number = count++;
        if (number == first || (forever && number > first)) {
            fired++;
            hit(operation);
        }
    }

    private void hit(IoOperation operation) throws IOException {
        switch (fault) {
            case INTERRUPT -> {
                interrupted = true;
                Thread.currentThread().interrupt();
            }
            case OUT_OF_MEMORY -> throw new OutOfMemoryError("Java heap space (injected into " + operation + ")");
            default -> {
                if (operation.kind() == Kind.SYNC) {
                    directory.abandonUnsynced(operation.file());
                } else if (operation.kind() == Kind.SYNC_DIRECTORY) {
                    directory.abandonUnsyncedEntries();
                }
                throw fault.exception(operation);
            }
        }
    }

    /** What goes wrong. */
    public enum Fault {
        INPUT_OUTPUT_ERROR,
        NO_SPACE,
        SHORT_WRITE,
        INTERRUPT,
        OUT_OF_MEMORY;

        /** Those that come from the disk, as exceptions. */
        public static List<Fault> ofTheDisk() {
            return List.of(INPUT_OUTPUT_ERROR, NO_SPACE, SHORT_WRITE);
        }

        boolean hits(Kind kind) {
            return switch (this) {
                case INPUT_OUTPUT_ERROR, INTERRUPT, OUT_OF_MEMORY -> true;
                case NO_SPACE -> kind.isChange() && kind != Kind.DELETE;
                case SHORT_WRITE -> kind == Kind.WRITE;
            };
        }

        IOException exception(IoOperation operation) {
            return switch (this) {
                case INPUT_OUTPUT_ERROR -> new IOException("Input/output error (injected into " + operation + ")");
                case NO_SPACE -> noSpace(operation.kind(), "No space left on device (injected into " + operation + ")");
                case SHORT_WRITE ->
                    new ShortWriteException("No space left on device (injected into half of " + operation + ")");
                case INTERRUPT, OUT_OF_MEMORY -> throw new IllegalStateException(this + " is no exception of the disk");
            };
        }

        /** What a sync has lost cannot be told, whatever the reason. */
        private static IOException noSpace(Kind kind, String message) {
            boolean sync = kind == Kind.SYNC || kind == Kind.SYNC_DIRECTORY;
            return sync ? new IOException(message) : new StorageFullException(message);
        }
    }
}
