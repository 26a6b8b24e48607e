/**
 * The bug of single-server membership changes: Ongaro, "bug in single-server membership changes",
 * raft-dev, 10 July 2015, about section 4.1 of his thesis. A model of the few facts that matter,
 * and a search through all that can happen.
 */
@NullMarked
package dev.synod.testkit.lab.membership;

import org.jspecify.annotations.NullMarked;
