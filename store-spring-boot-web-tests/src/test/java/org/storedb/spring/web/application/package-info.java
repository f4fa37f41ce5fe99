/** A library with a catalogue on the web. */
@NullMarked
package org.storedb.spring.web.application;

import org.jspecify.annotations.NullMarked;
