/**
 * The six silences: why an answer that does not come says nothing (Kleppmann, "Designing
 * Data-Intensive Applications", 2017, figure 8-1, and the chapter's list of what may have happened
 * to a request).
 */
@NullMarked
package dev.synod.testkit.lab.silence;

import org.jspecify.annotations.NullMarked;
