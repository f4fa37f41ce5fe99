/** Bean Validation of entities before they are stored. */
@NullMarked
package org.storedb.spring.data.validation;

import org.jspecify.annotations.NullMarked;
