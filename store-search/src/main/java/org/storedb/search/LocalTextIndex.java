package org.storedb.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.document.DocumentCodec;
import org.storedb.error.StoreIoException;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.search.TextSearch.Freshness;
import org.storedb.search.definition.TextIndexDefinition;
import org.storedb.search.internal.BackgroundUpdates;
import org.storedb.search.internal.Generation;
import org.storedb.search.internal.IndexCheck;
import org.storedb.search.internal.IndexFiles;
import org.storedb.search.internal.QueryTranslator;
import org.storedb.search.internal.TextIndexer;

/** A text index of a store that is open in this process. */
final class LocalTextIndex implements TextIndex {

    private static final int ATTEMPTS = 3;

    /** Uncommitted files stay in memory while they are small: a search that indexes a change creates some. */
    private static final double NEW_FILE_MEGABYTES = 4;

    private static final double NEW_MEGABYTES = 32;

    private final Store store;
    private final TextIndexDefinition definition;
    private final TextIndexer indexer;
    private final QueryTranslator translator;
    private final BackgroundUpdates updates;

    /**
     * Opens an index in a directory, of which it takes ownership.
     *
     * @param place the directory as shown in messages; {@code null} for one in memory
     */
    private LocalTextIndex(
            Store store,
            TextIndexDefinition definition,
            Directory directory,
            @Nullable String place,
            TextIndexOptions options) {
        this.store = store;
        this.definition = definition;
        this.indexer =
                new TextIndexer(store, definition, directory, place, options.commitInterval(), options.monitor());
        this.translator = new QueryTranslator(definition, indexer.analyzer());
        try {
            this.updates = new BackgroundUpdates(store, indexer, definition.name(), options.delay());
        } catch (RuntimeException | Error e) { // For example, no thread can be created.
            indexer.close();
            throw e;
        }
    }

    static TextIndex inMemory(Store store, TextIndexDefinition definition, TextIndexOptions options) {
        return new LocalTextIndex(store, definition, new ByteBuffersDirectory(), null, options);
    }

    static TextIndex inDirectory(
            Store store, TextIndexDefinition definition, Path directory, TextIndexOptions options) {
        try {
            Files.createDirectories(directory);
            Directory files = new NRTCachingDirectory(FSDirectory.open(directory), NEW_FILE_MEGABYTES, NEW_MEGABYTES);
            return new LocalTextIndex(store, definition, files, directory.toString(), options);
        } catch (IOException e) {
            throw new StoreIoException(
                    "The directory " + directory + " of a text index cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public TextIndexDefinition definition() {
        return definition;
    }

    @Override
    public TextResults<Map<String, @Nullable Object>> search(TextSearch search) {
        return search(search, context -> context.collection(definition.collection()));
    }

    @Override
    public <T> TextResults<T> search(TextSearch search, Class<T> type) {
        return search(search, context -> context.collection(definition.collection(), type));
    }

    @Override
    public <T> TextResults<T> search(TextSearch search, DocumentCodec<T> codec) {
        return search(search, context -> context.collection(definition.collection(), codec));
    }

    private <T> TextResults<T> search(TextSearch search, Documents<T> documents) {
        return TextIndexes.withLibrary(() -> inIndex(
                search.freshness(), run -> run.find(search, documents))); // Lucene's highlighter is first loaded here.
    }

    @Override
    public long count(TextSearch search) {
        return inIndex(search.freshness(), run -> run.count(search));
    }

    /** Runs a search; if it finds damage, rebuilds the index and runs it once more. */
    private <R> R inIndex(Freshness freshness, Search<R> search) {
        int rebuilds = indexer.rebuilds();
        try {
            return inGeneration(freshness, search);
        } catch (IOException e) {
            if (!IndexFiles.saysDamaged(e)) {
                throw unreadable(e);
            }
            indexer.repair("a search cannot read it: " + e.getMessage(), rebuilds);
        }
        try {
            return inGeneration(freshness, search);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private <R> R inGeneration(Freshness freshness, Search<R> search) throws IOException {
        Snapshot now = store.snapshot();
        try (Generation generation = freshness == Freshness.CURRENT ? indexer.atLeast(now.sequence()) : indexer.now()) {
            // If the sequences are equal, this one is as new, and more accurate about what has expired.
            Snapshot snapshot = generation.sequence() == now.sequence() ? now : generation.snapshot();
            Snapshot stillThere = generation.sequence() < now.sequence() ? now : null;
            return search.run(
                    new SearchRun(definition, translator, indexer.analyzer(), generation, snapshot, stillThere));
        } catch (IndexSearcher.TooManyClauses e) { // For a whole query, this is detected only when it runs.
            throw QueryTranslator.tooManyParts();
        } catch (FuzzyTermsEnum.FuzzyTermsException e) {
            throw QueryTranslator.tooLongForSimilarWords();
        } catch (AlreadyClosedException e) {
            throw closedMeanwhile(e);
        }
    }

    @Override
    public TextIndexStatus status() {
        long newest = store.snapshot().sequence();
        try (Generation generation = indexer.now()) {
            return new TextIndexStatus(
                    generation.sequence(),
                    Math.max(0, newest - generation.sequence()),
                    indexer.committed(),
                    generation.documents(),
                    indexer.rebuilds(),
                    indexer.rebuildReason(),
                    indexer.failure());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void commit() {
        indexer.commit();
    }

    @Override
    public TextIndexReport verify(OperationMonitor monitor) {
        IndexCheck check = check(monitor);
        // What expires between the purge and the comparison is no longer in the store, but still in the index.
        for (int i = 1; i < ATTEMPTS && check.entriesWithoutDocument() > 0 && !store.isReadOnly(); i++) {
            check = check(monitor);
        }
        List<String> problems = new ArrayList<>(check.problems());
        if (check.entriesWithoutDocument() > 0 && !store.isReadOnly()) {
            problems.add("The index has " + check.entriesWithoutDocument() + " documents that do not exist in "
                    + definition.collection());
        }
        return new TextIndexReport(check.documents(), problems);
    }

    private IndexCheck check(OperationMonitor monitor) {
        if (!store.isReadOnly()) {
            store.purgeExpired();
        }
        IndexCheck check = new IndexCheck(definition, indexer.analyzer(), monitor);
        try (Generation generation = indexer.atLeast(store.snapshot().sequence())) {
            check.run(generation);
        } catch (IOException e) {
            check.addProblem("The index cannot be read: " + e.getMessage());
        } catch (AlreadyClosedException e) {
            throw closedMeanwhile(e);
        }
        return check;
    }

    @Override
    public void rebuild(OperationMonitor monitor) {
        indexer.rebuild("it was requested", monitor);
    }

    /** Returns the exception for an analyzer that is closed because the index was closed during a call. */
    private RuntimeException closedMeanwhile(AlreadyClosedException e) {
        indexer.requireOpen();
        return e;
    }

    private StoreIoException unreadable(IOException e) {
        return new StoreIoException("The text index " + definition.name() + " cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try (updates) { // Closed after the index: a build on its thread ends when the index is being closed.
            indexer.close();
        }
    }

    /** The documents of a snapshot, in the form that the caller requests. */
    interface Documents<T> {
        DocumentCollection<T> in(StoreContext context);
    }

    /** An operation on an index while it is held. */
    private interface Search<R> {
        R run(SearchRun run) throws IOException;
    }
}
