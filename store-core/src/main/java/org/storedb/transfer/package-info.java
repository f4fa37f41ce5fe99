/**
 * Import and export of documents as JSON files or folders of them, one collection at a time. Built only on the public
 * API.
 */
@NullMarked
package org.storedb.transfer;

import org.jspecify.annotations.NullMarked;
