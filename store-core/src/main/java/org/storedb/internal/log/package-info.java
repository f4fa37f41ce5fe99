/**
 * The segmented, checksummed, append-only log: frames, segments and the manifest that lists them. Knows that a frame
 * holds operations on keys, but nothing of transactions or documents.
 */
@NullMarked
package org.storedb.internal.log;

import org.jspecify.annotations.NullMarked;
