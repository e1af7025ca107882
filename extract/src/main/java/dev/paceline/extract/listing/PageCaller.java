package dev.paceline.extract.listing;

import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;

/// Makes the calls of a listing.
@FunctionalInterface
interface PageCaller {

  ApiResponse<ResponsePage> call(Call call);
}
