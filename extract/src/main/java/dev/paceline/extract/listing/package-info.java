/// How a stream's records come page by page. Start at [dev.paceline.extract.listing.Listing].
@NullMarked
package dev.paceline.extract.listing;

import org.jspecify.annotations.NullMarked;
