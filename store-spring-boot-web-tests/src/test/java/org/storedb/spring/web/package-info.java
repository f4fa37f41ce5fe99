/** The starter in a web application. */
@NullMarked
package org.storedb.spring.web;

import org.jspecify.annotations.NullMarked;
