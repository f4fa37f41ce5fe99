package org.storedb.spring.test.several.archive;

import org.storedb.spring.data.repository.StoreRepository;

public interface ArchivedLoanRepository extends StoreRepository<ArchivedLoan, String> {}
