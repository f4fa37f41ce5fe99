/** The application that starts again. */
@NullMarked
package org.storedb.spring.restart.application;

import org.jspecify.annotations.NullMarked;
