package org.storedb.search.internal;

import java.io.IOException;
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
 * Applies the changes of a store to an index, in commit order. For one thread at a time.
 *
 * <p>An index is committed as of one commit of the store, that of a {@linkplain Lineage mark}, and only when that is
 * durable: after any crash, the index is never ahead of the store, and the changes after it are read from the log.
 */
final class IndexConnection implements AutoCloseable {

    static final String FORMAT = "storedb.format";
    static final String DEFINITION = "storedb.definition";
    static final String POSITION = "storedb.position";
    static final String MARK = "storedb.mark";
    static final String FORMAT_VERSION = "1";

    private static final int ID_CHARACTERS_SHOWN = 100;

    private final IndexSource source;
    private final IndexWriter writer;
    private final ChangeReader changes;
    private @Nullable ChangeTransaction held; // Read, but not yet, or not completely, applied.
    private long applied;
    private long committed;
    private @Nullable UUID committedMark;
    private boolean changed;

    /**
     * Creates a connection.
     *
     * @param applied the last commit that is in the index
     * @param committed the last one that will be in it when it is next opened; -1 for none
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

    /** Returns the last commit that will be in the index when it is next opened; -1 for none. */
    long committed() {
        return committed;
    }

    /** Returns whether the index has changes that are not committed. */
    boolean isChanged() {
        return changed;
    }

    /** Returns how many commits the store has had since the index was committed. */
    long uncommitted() {
        return applied - Math.max(0, committed);
    }

    /** Returns whether the index has been closed by an earlier failure, such as that of a merge in the background. */
    boolean hasClosedItself() {
        return writer.getTragicException() != null;
    }

    /** Applies everything up to a commit, and nothing after it. */
    void advanceTo(long sequence) throws IOException {
        while (applied < sequence) {
            ChangeTransaction next = take();
            if (next == null || next.sequence() > sequence) {
                applied = sequence;
            } else {
                apply(next);
            }
        }
    }

    /**
     * Commits the index, if it outlives the process. It may then contain more than it was
     * {@linkplain #advanceTo advanced} to.
     *
     * @throws StoreException if the store cannot be written to; nothing is committed
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
            ChangeTransaction next = take();
            if (next == null) {
                throw new IllegalStateException("A commit is missing from the changes after " + applied);
            }
            apply(next);
            if (next.changes().stream().anyMatch(change -> Lineage.is(change, mark))) {
                return;
            }
        }
    }

    /**
     * Returns the next transaction, or {@code null} if none of those that the store has made visible is left. It is kept
     * until it has been applied: if that fails, it is applied again.
     */
    private @Nullable ChangeTransaction take() {
        while (held == null || held.sequence() <= applied) {
            held = changes.poll();
            if (held == null) {
                return null;
            }
        }
        return held;
    }

    private void apply(ChangeTransaction transaction) throws IOException {
        for (Change change : transaction.changes()) {
            if (change instanceof DocumentChange document) {
                changed = true;
                if (!document.isRemoval()) {
                    put(
                            writer,
                            source.definition(),
                            document.id(),
                            document.after().as(source.codec()));
                } else {
                    delete(document.id());
                }
            }
        }
        applied = transaction.sequence();
        held = null;
    }

    private void delete(Object id) throws IOException {
        Term term = LuceneDocuments.term(id);
        if (term != null) {
            writer.deleteDocuments(term);
        }
    }

    /**
     * Indexes a document, replacing the one with its id. If the analyzer fails on its text, it is indexed without text;
     * if its id is too long, it is left out.
     */
    static void put(IndexWriter writer, TextIndexDefinition definition, Object id, DocumentTexts texts)
            throws IOException {
        Term term = LuceneDocuments.term(id);
        if (term == null) {
            System.getLogger(IndexConnection.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "A document of {0} cannot be found, because its id is too long for a text index: it begins"
                                    + " with {1}",
                            definition.collection(),
                            String.valueOf(id).substring(0, ID_CHARACTERS_SHOWN));
            return;
        }
        Document document = LuceneDocuments.of(definition, term, texts);
        try {
            writer.updateDocument(term, document);
        } catch (AlreadyClosedException e) {
            throw e;
        } catch (RuntimeException e) {
            System.getLogger(IndexConnection.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The text of document " + id + " of " + definition.collection()
                                    + " cannot be found, because an analyzer failed on it",
                            e);
            writer.updateDocument(term, LuceneDocuments.withoutText(term, texts.revision()));
        }
    }

    /** Closes the connection; uncommitted changes are discarded. */
    @Override
    public void close() throws IOException {
        try (changes) {
            writer.rollback();
        }
    }
}
