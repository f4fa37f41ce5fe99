/** Tests of encryption at rest. */
@NullMarked
package org.storedb.internal.crypto;

import org.jspecify.annotations.NullMarked;
