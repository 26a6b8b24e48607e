/**
 * What every {@link dev.synod.log.LogStore} must do, as tests: for those who write one of their
 * own. JUnit runs the subclasses, which say how such a store is opened.
 */
@NullMarked
package dev.synod.testkit.store;

import org.jspecify.annotations.NullMarked;
