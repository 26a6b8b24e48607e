/** ZAB's settings; its rules and actors have tests of their own. */
@NullMarked
package dev.synod.zab;

import org.jspecify.annotations.NullMarked;
