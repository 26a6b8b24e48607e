/**
 * For those who come from Pekko's Distributed Data: {@link dev.synod.ddata.DistributedDataImport}
 * reads its keys and writes them into {@link dev.synod.crdt.actor.ReplicatedValues}.
 */
@NullMarked
package dev.synod.ddata;

import org.jspecify.annotations.NullMarked;
