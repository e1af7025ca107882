@NullMarked
package dev.paceline.load;

import org.jspecify.annotations.NullMarked;
