@NullMarked
package dev.paceline.load.contract;

import org.jspecify.annotations.NullMarked;
