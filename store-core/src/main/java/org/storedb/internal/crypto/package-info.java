/**
 * Encryption at rest: master keys that users hold, data keys that are stored wrapped by them, and files that are encrypted
 * as a whole. AES-256-GCM of the JDK throughout; knows nothing of the log.
 */
@NullMarked
package org.storedb.internal.crypto;

import org.jspecify.annotations.NullMarked;
