/** ZAB by its rules alone: servers with disks of their own, on a network that a seed draws. */
@NullMarked
package dev.synod.zab.rules;

import org.jspecify.annotations.NullMarked;
