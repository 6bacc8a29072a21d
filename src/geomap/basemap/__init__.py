"""The offline background of every map: land, boundaries, water, divisions and towns."""
