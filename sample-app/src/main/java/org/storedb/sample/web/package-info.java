/** What all controllers share: paging, sorting and problem details, independent of any resource. */
@NullMarked
package org.storedb.sample.web;

import org.jspecify.annotations.NullMarked;
