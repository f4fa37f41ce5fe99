package org.storedb.sample.dataset;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.Store;
import org.storedb.sample.place.Place;
import org.storedb.sample.place.PlaceRepository;

/**
 * Import of the places on the first start, before the application reports itself ready; it answers requests in the
 * meantime.
 *
 * <p>Each batch is one transaction that also stores the progress. So a crash at any moment, even a {@code kill -9},
 * loses nothing but the current batch, and the next start continues with exactly that batch.
 */
@Component
class PlaceImporter implements ApplicationRunner, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(PlaceImporter.class);
    private static final String IMPORT_ID = "places";

    private final ImportProperties properties;
    private final PlaceFile file;
    private final PlaceRepository places;
    private final ImportProgressRepository progress;
    private final TransactionTemplate transaction;
    private final Store store;
    private boolean stopped;

    PlaceImporter(
            ImportProperties properties,
            PlaceFile file,
            PlaceRepository places,
            ImportProgressRepository progress,
            TransactionTemplate transaction,
            Store store) {
        this.properties = properties;
        this.file = file;
        this.places = places;
        this.progress = progress;
        this.transaction = transaction;
        this.store = store;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        ImportProgress done = progress.findById(IMPORT_ID).orElse(new ImportProgress(IMPORT_ID, 0, false));
        if (!done.complete() && done.places() < properties.limit()) {
            importAfter(done.places());
        }
    }

    private void importAfter(long skipped) {
        long available = file.count();
        long total = Math.min(available, properties.limit());
        log.info("Importing places {} to {} of {}", skipped + 1, total, file.name());
        ProgressLog progressLog = new ProgressLog(skipped, total);
        long done = skipped;
        try (Stream<Place> remaining = file.placesAfter(skipped).limit(total - skipped)) {
            Iterator<Place> iterator = remaining.iterator();
            while (iterator.hasNext()) {
                List<Place> batch = nextBatch(iterator);
                long doneNext = done + batch.size();
                if (!importBatch(batch, new ImportProgress(IMPORT_ID, doneNext, doneNext == available))) {
                    log.info("Import stopped after {} places; the next start continues from there", done);
                    return;
                }
                done = doneNext;
                progressLog.at(done);
            }
        }
        log.info(String.format(
                Locale.ROOT,
                "Imported %,d places in %.1f s; the store has %.1f MB on disk",
                done - skipped,
                progressLog.seconds(),
                store.stats().log().bytesOnDisk() / 1e6));
    }

    private List<Place> nextBatch(Iterator<Place> places) {
        List<Place> batch = new ArrayList<>(properties.batchSize());
        while (places.hasNext() && batch.size() < properties.batchSize()) {
            batch.add(places.next());
        }
        return batch;
    }

    /** Stores a batch, unless the application is about to stop. */
    private synchronized boolean importBatch(List<Place> batch, ImportProgress next) {
        if (stopped) {
            return false;
        }
        transaction.executeWithoutResult(status -> {
            places.saveAll(batch);
            progress.save(next);
        });
        return true;
    }

    /** Waits for the current batch, so that the store, which is closed after this bean, is still open for it. */
    @Override
    public synchronized void destroy() {
        stopped = true;
    }
}
