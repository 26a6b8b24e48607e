/**
 * Looks into a closed log's directory, for people: what is in it, and what is damaged. Changes
 * nothing.
 */
@NullMarked
package dev.synod.log.inspect;

import org.jspecify.annotations.NullMarked;
