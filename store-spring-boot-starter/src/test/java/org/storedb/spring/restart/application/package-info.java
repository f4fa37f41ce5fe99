/** The application that restarts. */
@NullMarked
package org.storedb.spring.restart.application;

import org.jspecify.annotations.NullMarked;
