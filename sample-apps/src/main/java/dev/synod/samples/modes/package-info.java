/**
 * The same samples with different promises: a counter, a stock of tickets, a chat and a word count
 * on three nodes, of which one is cut off for a while. {@link dev.synod.samples.modes.Modes} is the
 * door; each {@link dev.synod.samples.modes.Act} says beforehand what is to be seen. {@link
 * dev.synod.samples.modes.Cluster} is three actor systems in this JVM, with remoting between them,
 * and {@link dev.synod.samples.modes.Links} cuts them apart.
 */
@NullMarked
package dev.synod.samples.modes;

import org.jspecify.annotations.NullMarked;
