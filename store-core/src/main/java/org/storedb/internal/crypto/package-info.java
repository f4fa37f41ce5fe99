/**
 * Encryption at rest: master keys held by users, data keys stored wrapped by them, and files that are encrypted as a
 * whole. AES-256-GCM of the JDK throughout; knows nothing of the log.
 */
@NullMarked
package org.storedb.internal.crypto;

import org.jspecify.annotations.NullMarked;
