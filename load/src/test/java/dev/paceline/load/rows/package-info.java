@NullMarked
package dev.paceline.load.rows;

import org.jspecify.annotations.NullMarked;
