/** What all controllers share: paging, sorting and problem details. Knows none of the resources. */
@NullMarked
package org.storedb.sample.web;

import org.jspecify.annotations.NullMarked;
