/** One order for all: what it takes, and what it gives. */
@NullMarked
package dev.synod.testkit.lab.order;

import org.jspecify.annotations.NullMarked;
