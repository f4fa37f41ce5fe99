package org.storedb.search.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreException;
import org.storedb.feed.Change;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeTransaction;
import org.storedb.feed.DocumentChange;
import org.storedb.search.definition.TextIndexDefinition;

/**
 * Brings the changes of a store into an index, in the order of their commits. For one thread at a time.
 *
 * <p>An index is committed as of one commit of the store, that of a {@linkplain Lineage mark}, and only when that is durable:
 * whatever crashes, the index is never ahead of the store, and the changes behind it are read from the log.
 */
final class IndexConnection implements AutoCloseable {

    static final String FORMAT = "storedb.format";
    static final String DEFINITION = "storedb.definition";
    static final String POSITION = "storedb.position";
    static final String MARK = "storedb.mark";
    static final String FORMAT_VERSION = "1";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final IndexSource source;
    private final IndexWriter writer;
    private final ChangeReader changes;
    private @Nullable ChangeTransaction held; // Read, but not, or not wholly, brought in yet.
    private long applied;
    private long committed;
    private @Nullable UUID committedMark;
    private boolean changed;

    /**
     * A connection.
     *
     * @param applied the last commit that is in the index
     * @param committed the last one that is in it when it is opened next; -1 for none
     * @param committedMark the mark of that one; {@code null} for none
     */
    IndexConnection(
            IndexSource source,
            IndexWriter writer,
            ChangeReader changes,
            long applied,
            long committed,
            @Nullable UUID committedMark) {
        this.source = source;
        this.writer = writer;
        this.changes = changes;
        this.applied = applied;
        this.committed = committed;
        this.committedMark = committedMark;
        this.changed = committed < 0;
    }

    IndexWriter writer() {
        return writer;
    }

    /** The commit that the index is of when it is opened next; -1 for none. */
    long committed() {
        return committed;
    }

    /** Whether the index has changes that are not committed. */
    boolean isChanged() {
        return changed;
    }

    /** How many commits of the store came since the index was committed. */
    long uncommitted() {
        return applied - Math.max(0, committed);
    }

    /** Brings in all up to a commit, and nothing behind it. */
    void advanceTo(long sequence) throws IOException {
        while (applied < sequence) {
            ChangeTransaction next = take(sequence);
            if (next == null || next.sequence() > sequence) {
                applied = sequence;
            } else {
                apply(next);
            }
        }
    }

    /**
     * Commits the index, if it outlives the process. It may then have more than it was {@linkplain #advanceTo advanced} to.
     *
     * @throws StoreException if the store cannot be written to; nothing is committed then
     */
    void commit() throws IOException {
        Lineage lineage = source.lineage();
        if (lineage != null) {
            UUID mark = lineage.mark(committedMark);
            advanceThrough(mark);
            source.store().sync();
            writer.setLiveCommitData(Map.of(
                            FORMAT, FORMAT_VERSION,
                            DEFINITION, source.definition().fingerprint(),
                            POSITION, Long.toString(applied),
                            MARK, mark.toString())
                    .entrySet());
            writer.commit();
            changes.confirm();
            committed = applied;
            committedMark = mark;
        }
        changed = false;
    }

    private void advanceThrough(UUID mark) throws IOException {
        while (true) {
            ChangeTransaction next = take(Long.MAX_VALUE);
            if (next == null) {
                throw new IllegalStateException("A commit is not to be found among the changes after " + applied);
            }
            apply(next);
            if (next.changes().stream().anyMatch(change -> Lineage.is(change, mark))) {
                return;
            }
        }
    }

    /**
     * The next transaction, or {@code null} if there is none up to a commit that is known to be there. It is held until it
     * has been brought in: if that fails, it is brought in again.
     */
    private @Nullable ChangeTransaction take(long sequence) {
        ChangeTransaction next = held;
        try {
            while (next == null || next.sequence() <= applied) {
                next = changes.poll();
                if (next == null) {
                    if (changes.position() >= sequence) {
                        return null;
                    }
                    next = changes.next(PATIENCE);
                }
                if (next == null) {
                    return null;
                }
            }
            held = next;
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while changes were read", e);
        }
    }

    private void apply(ChangeTransaction transaction) throws IOException {
        for (Change change : transaction.changes()) {
            if (change instanceof DocumentChange document) {
                changed = true;
                if (document.isRemoval()) {
                    writer.deleteDocuments(LuceneDocuments.term(document.id()));
                } else {
                    put(
                            writer,
                            source.definition(),
                            document.id(),
                            document.after().as(source.codec()));
                }
            }
        }
        applied = transaction.sequence();
        held = null;
    }

    /** Puts a document in the place of the one with its id. One whose text the analyzer fails on is there without text. */
    static void put(IndexWriter writer, TextIndexDefinition definition, Object id, DocumentTexts texts)
            throws IOException {
        Term term = LuceneDocuments.term(id);
        Document document = LuceneDocuments.of(definition, id, texts);
        try {
            writer.updateDocument(term, document);
        } catch (AlreadyClosedException e) {
            throw e;
        } catch (RuntimeException e) {
            System.getLogger(IndexConnection.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The text of document " + id + " of " + definition.collection()
                                    + " is not found, because an analyzer failed on it",
                            e);
            writer.updateDocument(term, LuceneDocuments.withoutText(id, texts.revision()));
        }
    }

    /** Ends it; what is not committed is dropped. */
    @Override
    public void close() throws IOException {
        try (changes) {
            writer.rollback();
        }
    }
}
