/** The shipped stores, held to the contract. */
@NullMarked
package dev.synod.testkit.store;

import org.jspecify.annotations.NullMarked;
