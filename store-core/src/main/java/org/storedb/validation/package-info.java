/** Which documents may be stored, by JSON Schema. Needs the library com.networknt:json-schema-validator. */
@NullMarked
package org.storedb.validation;

import org.jspecify.annotations.NullMarked;
