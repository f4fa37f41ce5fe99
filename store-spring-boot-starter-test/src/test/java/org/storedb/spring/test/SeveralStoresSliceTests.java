package org.storedb.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.transaction.TestTransaction;
import org.springframework.transaction.annotation.Transactional;
import org.storedb.Store;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.test.several.SeveralStoresApplication;
import org.storedb.spring.test.several.archive.ArchiveRepositories;
import org.storedb.spring.test.several.archive.ArchivedLoan;
import org.storedb.spring.test.several.archive.ArchivedLoanRepository;

/** A slice of an application that has a store of its own for some of its entities. */
@DataStoreTest(properties = "store.additional.archive.path=/dev/null/nothing-can-be-here")
@ContextConfiguration(classes = SeveralStoresApplication.class)
@Import(ArchiveRepositories.class)
@Transactional("archiveTransactionManager")
class SeveralStoresSliceTests {

    @Autowired
    private ArchivedLoanRepository loans;

    @Autowired
    @Qualifier("archiveStore")
    private Store archive;

    @Autowired
    private Store first;

    @Autowired
    private StoreOperations firstTemplate;

    @Test
    void eachIsInMemory() {
        assertThat(archive).isNotSameAs(first);
        assertThat(archive.stats().directory()).isNull();
        assertThat(first.stats().directory()).isNull();
    }

    @Test
    void theTransactionOfTheTestIsOneOfTheStoreThatItNames() {
        loans.insert(new ArchivedLoan("1"));
        assertThat(loans.count()).isEqualTo(1);
        assertThat(firstTemplate.count(ArchivedLoan.class)).isZero();

        TestTransaction.end();

        assertThat(loans.count()).isZero();
    }
}
