package org.storedb.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.storedb.error.CommitOutcomeUnknownException;
import org.storedb.error.LimitExceededException;
import org.storedb.error.RevisionConflictException;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.error.StoreFailedException;
import org.storedb.error.StoreFullException;
import org.storedb.error.TransactionConflictException;
import org.storedb.error.TransactionTimedOutException;
import org.storedb.error.UniqueIndexViolationException;

class CommitFailuresTests {

    @ParameterizedTest
    @MethodSource("failures")
    void kindOfExceptionTellsTheOutcome(StoreException failure, Class<? extends RuntimeException> expected) {
        assertThat(CommitFailures.translate(failure, false))
                .isExactlyInstanceOf(expected)
                .hasCause(failure);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new CommitOutcomeUnknownException("m"), TransactionSystemException.class),
                Arguments.of(new TransactionConflictException("m"), OptimisticLockingFailureException.class),
                Arguments.of(new RevisionConflictException("c", "1", 1, 2), OptimisticLockingFailureException.class),
                Arguments.of(new UniqueIndexViolationException("c", "i", "v", "1"), DuplicateKeyException.class),
                Arguments.of(new TransactionTimedOutException("m"), UnexpectedRollbackException.class),
                Arguments.of(new StoreFailedException("m"), DataAccessResourceFailureException.class),
                Arguments.of(new StoreFullException("m"), DataAccessResourceFailureException.class),
                Arguments.of(new StoreClosedException("m"), DataAccessResourceFailureException.class),
                Arguments.of(new LimitExceededException("m"), TransactionSystemException.class));
    }
}
