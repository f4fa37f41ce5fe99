package org.storedb.spring.data.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.storedb.error.CommitOutcomeUnknownException;
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
import org.storedb.error.TransactionConflictException;
import org.storedb.error.TransactionTimedOutException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.error.UnsupportedFormatException;

class StoreExceptionTranslatorTests {

    private final StoreExceptionTranslator translator = new StoreExceptionTranslator();

    @ParameterizedTest
    @MethodSource("translations")
    void everyFailureHasItsException(StoreException failure, Class<? extends DataAccessException> expected) {
        assertThat(translator.translateExceptionIfPossible(failure))
                .isExactlyInstanceOf(expected)
                .hasMessageContaining(failure.getMessage())
                .hasCause(failure);
    }

    static Stream<Arguments> translations() {
        return Stream.of(
                Arguments.of(new DuplicateIdException("c", "1"), DuplicateKeyException.class),
                Arguments.of(new UniqueIndexViolationException("c", "i", "v", "1"), DuplicateKeyException.class),
                Arguments.of(new RevisionConflictException("c", "1", 1, 2), OptimisticLockingFailureException.class),
                Arguments.of(new TransactionConflictException("m"), OptimisticLockingFailureException.class),
                Arguments.of(new DocumentNotFoundException("m"), DataRetrievalFailureException.class),
                Arguments.of(new InvalidDocumentException("m"), DataIntegrityViolationException.class),
                Arguments.of(new LimitExceededException("m"), DataIntegrityViolationException.class),
                Arguments.of(new InvalidQueryException("m"), InvalidDataAccessApiUsageException.class),
                Arguments.of(new InvalidNameException("m"), InvalidDataAccessApiUsageException.class),
                Arguments.of(new ReadOnlyException("m"), InvalidDataAccessApiUsageException.class),
                Arguments.of(new TransactionTimedOutException("m"), QueryTimeoutException.class),
                Arguments.of(new IndexConflictException("m"), InvalidDataAccessResourceUsageException.class),
                Arguments.of(new StoreClosedException("m"), DataAccessResourceFailureException.class),
                Arguments.of(new StoreFailedException("m"), DataAccessResourceFailureException.class),
                Arguments.of(new StoreFullException("m"), DataAccessResourceFailureException.class),
                Arguments.of(new CommitOutcomeUnknownException("m"), DataAccessResourceFailureException.class),
                Arguments.of(new StoreIoException("m"), DataAccessResourceFailureException.class),
                Arguments.of(new CorruptStoreException("f", 0, "m"), DataAccessResourceFailureException.class),
                Arguments.of(new UnsupportedFormatException("m"), UncategorizedStoreException.class));
    }

    @Test
    void conflictsAreOneFamilyToRetry() {
        assertThat(translator.translateExceptionIfPossible(new TransactionConflictException("m")))
                .isInstanceOf(ConcurrencyFailureException.class);
    }

    @Test
    void otherExceptionsAreLeftAlone() {
        assertThat(translator.translateExceptionIfPossible(new IllegalStateException("m")))
                .isNull();
    }

    @Test
    void streamsAreTranslatedWhileTheyAreConsumed() {
        AtomicBoolean closed = new AtomicBoolean();
        Stream<Integer> elements = Stream.of(1, 2).peek(StoreExceptionTranslatorTests::failAtTwo);
        List<Integer> read = new ArrayList<>();
        try (Stream<Integer> translated = translator.translated(elements.onClose(() -> closed.set(true)))) {
            assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() -> translated.forEach(read::add));
        }
        assertThat(read).containsExactly(1);
        assertThat(closed).isTrue();
    }

    private static void failAtTwo(int element) {
        if (element == 2) {
            throw new TransactionTimedOutException("m");
        }
    }
}
