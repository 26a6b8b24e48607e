/**
 * Labs: small experiments that show a failure which is known from the literature, why it happens,
 * and that Synod under the same script is free of it. The user guide's page {@code
 * docs/guide/labs.md} walks through them; each subpackage is one lab and can be read alone.
 *
 * <p>Here stands what they share: the machines with a network on which a lab's own actors talk.
 * Nothing of a lab may be used by a product.
 */
@NullMarked
package dev.synod.testkit.lab;

import org.jspecify.annotations.NullMarked;
