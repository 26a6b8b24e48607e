/**
 * The demo without a person: a script of one step a line, see {@link
 * dev.synod.samples.script.Script}. It ends with {@code verify}, which compares all that was
 * acknowledged with what the nodes hold.
 */
@NullMarked
package dev.synod.samples.script;

import org.jspecify.annotations.NullMarked;
