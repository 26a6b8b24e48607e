/**
 * The parts of the {@code synod} command: each reads its options, asks a demo that runs, and
 * prints. No part knows a protocol.
 */
@NullMarked
package dev.synod.samples.cli;

import org.jspecify.annotations.NullMarked;
