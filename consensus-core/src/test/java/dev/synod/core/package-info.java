/** Tests of the vocabulary: hostile input refused, fast arithmetic against dumb. */
@NullMarked
package dev.synod.core;

import org.jspecify.annotations.NullMarked;
