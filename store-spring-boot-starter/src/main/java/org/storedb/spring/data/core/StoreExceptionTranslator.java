package org.storedb.spring.data.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.storedb.error.CompactionCancelledException;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.DocumentNotFoundException;
import org.storedb.error.DuplicateIdException;
import org.storedb.error.IndexConflictException;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.InvalidNameException;
import org.storedb.error.InvalidQueryException;
import org.storedb.error.LimitExceededException;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.RevisionConflictException;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.error.StoreFailedException;
import org.storedb.error.StoreFullException;
import org.storedb.error.StoreIoException;
import org.storedb.error.StoreLockedException;
import org.storedb.error.TransactionClosedException;
import org.storedb.error.TransactionConflictException;
import org.storedb.error.TransactionTimedOutException;
import org.storedb.error.UniqueIndexViolationException;

/** Translator of the store's exceptions to Spring's {@link DataAccessException}s, which leaves all others unchanged. */
public class StoreExceptionTranslator implements PersistenceExceptionTranslator {

    // Ordered: a type precedes its supertypes.
    private static final Map<Class<?>, BiFunction<String, Throwable, DataAccessException>> TRANSLATIONS =
            new LinkedHashMap<>();

    static {
        TRANSLATIONS.put(DuplicateIdException.class, DuplicateKeyException::new);
        TRANSLATIONS.put(UniqueIndexViolationException.class, DuplicateKeyException::new);
        TRANSLATIONS.put(RevisionConflictException.class, OptimisticLockingFailureException::new);
        TRANSLATIONS.put(TransactionConflictException.class, OptimisticLockingFailureException::new);
        TRANSLATIONS.put(DocumentNotFoundException.class, DataRetrievalFailureException::new);
        TRANSLATIONS.put(InvalidDocumentException.class, DataIntegrityViolationException::new);
        TRANSLATIONS.put(LimitExceededException.class, DataIntegrityViolationException::new);
        TRANSLATIONS.put(InvalidQueryException.class, InvalidDataAccessApiUsageException::new);
        TRANSLATIONS.put(InvalidNameException.class, InvalidDataAccessApiUsageException::new);
        TRANSLATIONS.put(ReadOnlyException.class, InvalidDataAccessApiUsageException::new);
        TRANSLATIONS.put(TransactionClosedException.class, InvalidDataAccessApiUsageException::new);
        TRANSLATIONS.put(TransactionTimedOutException.class, QueryTimeoutException::new);
        TRANSLATIONS.put(IndexConflictException.class, InvalidDataAccessResourceUsageException::new);
        TRANSLATIONS.put(StoreFullException.class, DataAccessResourceFailureException::new);
        TRANSLATIONS.put(CompactionCancelledException.class, DataAccessResourceFailureException::new);
        TRANSLATIONS.put(StoreClosedException.class, DataAccessResourceFailureException::new);
        TRANSLATIONS.put(StoreFailedException.class, DataAccessResourceFailureException::new);
        TRANSLATIONS.put(StoreIoException.class, DataAccessResourceFailureException::new);
        TRANSLATIONS.put(StoreLockedException.class, DataAccessResourceFailureException::new);
        TRANSLATIONS.put(CorruptStoreException.class, DataAccessResourceFailureException::new);
    }

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException exception) {
        if (!(exception instanceof StoreException)) {
            return null;
        }
        String message = String.valueOf(exception.getMessage());
        for (var translation : TRANSLATIONS.entrySet()) {
            if (translation.getKey().isInstance(exception)) {
                return translation.getValue().apply(message, exception);
            }
        }
        return new UncategorizedStoreException(message, exception);
    }

    /**
     * Runs work on a store.
     *
     * @return the result of the work
     * @throws DataAccessException for an exception of the store; all others are thrown unchanged
     */
    public <R extends @Nullable Object> R translated(Supplier<? extends R> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw DataAccessUtils.translateIfNecessary(e, this);
        }
    }

    /**
     * Returns a stream of the same elements, which is consumed as by {@link #translated(Supplier)}. Closing it closes
     * {@code elements}.
     */
    public <T> Stream<T> translated(Stream<T> elements) {
        Iterator<T> source = elements.iterator();
        Iterator<T> translating = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return translated(source::hasNext);
            }

            @Override
            public T next() {
                return translated(source::next);
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(translating, Spliterator.ORDERED), false)
                .onClose(elements::close);
    }
}
