/** What a repository is made of at run time. */
@NullMarked
package org.storedb.spring.data.repository.support;

import org.jspecify.annotations.NullMarked;
