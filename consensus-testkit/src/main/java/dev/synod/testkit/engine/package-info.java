/**
 * A deterministic actor system: real actors, one thread, virtual time, and a seed that decides
 * which actor runs next. Knows nothing of consensus: any typed actor can run on it.
 *
 * <p>All dispatchers of the system put their runnables into one {@link
 * dev.synod.testkit.engine.RunQueue}, a message at a time, and the seed draws the next one. Timers
 * wait in a {@link dev.synod.testkit.engine.TimerQueue} and fire when the virtual clock reaches
 * them. Nothing runs on any other thread, so the same seed gives the same trace, which {@link
 * dev.synod.testkit.engine.Engine#trace} sums up in one number.
 */
@NullMarked
package dev.synod.testkit.engine;

import org.jspecify.annotations.NullMarked;
