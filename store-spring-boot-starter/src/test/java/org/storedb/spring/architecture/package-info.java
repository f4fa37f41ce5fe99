/** Rules that the packages of this module keep. */
@NullMarked
package org.storedb.spring.architecture;

import org.jspecify.annotations.NullMarked;
