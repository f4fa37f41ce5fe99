/** JPA repositories, with Hibernate on H2. */
@NullMarked
package org.storedb.benchmark.repository.jpa;

import org.jspecify.annotations.NullMarked;
