/**
 * The command-line tool for operators, {@link org.storedb.tool.StoreTool}. Built only on the public API: what a command
 * does, a program can do as well.
 */
@NullMarked
package org.storedb.tool;

import org.jspecify.annotations.NullMarked;
