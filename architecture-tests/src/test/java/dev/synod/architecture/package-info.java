/**
 * The rules of the house, as tests. Start with {@link dev.synod.architecture.HouseRules}, which
 * lists them all; {@code HouseTest} applies them to this work tree, and {@code
 * PlantedViolationsTest} shows that each of them can fail. A deliberate exception is a line of
 * {@code config/exceptions.txt}.
 *
 * <p>Rules about compiled code use ArchUnit. Rules about text (sources, Markdown, settings) read
 * the files. Nothing here may depend on what the product does, only on how it is written.
 */
@NullMarked
package dev.synod.architecture;

import org.jspecify.annotations.NullMarked;
