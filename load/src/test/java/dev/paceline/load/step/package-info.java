@NullMarked
package dev.paceline.load.step;

import org.jspecify.annotations.NullMarked;
