/** Tests of the engine with plain actors. */
@NullMarked
package dev.synod.testkit.engine;

import org.jspecify.annotations.NullMarked;
