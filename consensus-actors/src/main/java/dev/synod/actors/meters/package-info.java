/** What is measured, as a port: nothing by default, Micrometer if the application has it. */
@NullMarked
package dev.synod.actors.meters;

import org.jspecify.annotations.NullMarked;
